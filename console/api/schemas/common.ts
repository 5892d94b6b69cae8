/** Shapes that several answers of the API share. */
import { z } from 'zod';
import { CHANNEL_KINDS } from '../../../domain/channels';
import { planId, taskNo, unitId } from '../../../domain/schemas';

export const instant = z.string().meta({ format: 'date-time' });
export const status = z.enum(['draft', 'open', 'suspended', 'completed', 'cancelled']);
export const colour = z.enum(['none', 'grey', 'green', 'yellow', 'blue', 'red']);
export const role = z.enum(['lead', 'co', 'support', 'district']);
export const deadlineType = z.enum(['fixed', 'two-track', 'conditional', 'ongoing', 'none']);
const office = z.enum(['liaison', 'head', 'leader']);
export const channel = z.enum(CHANNEL_KINDS);
export const round = z.enum(['09:00', '14:30', 'urgent']);
export const light = z.object({ colour, reason: z.string() }).meta({ id: 'Light' });
export const unitOffice = z.object({ unit: z.string(), office });

/** `/plans/{plan}`. */
export const planParams = z.object({ plan: planId });
/** `/tasks/{plan}/{no}`: the task `zhuzhou-2020/1-07` is `/tasks/zhuzhou-2020/1-07`. */
export const taskParams = z.object({ plan: planId, no: taskNo });
export const unitParams = z.object({ unit: unitId });

/** `true` or `false` in a query. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/**
 * An object with these members and others beside them. Typed by the members alone: an interface of ours has no index
 * signature, and is no less such an object.
 */
export function open<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<z.output<z.ZodObject<Shape>>> {
  return z.looseObject(shape) as unknown as z.ZodType<z.output<z.ZodObject<Shape>>>;
}
