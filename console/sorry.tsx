/** What people see when a page cannot be shown: a sentence, what to do, and never a stack. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Refusal, sentenceOf } from '../domain/refusals';
import { Message, type Said } from './pages/message';
import { sendPage } from './pages/send-page';

/** Who asked is not always known here, so both languages are said. */
const NO_SUCH_PAGE: Said = {
  title: '没有这个页面',
  said: ['没有这个地址，或不在您的权限范围内。请检查地址是否完整：邮件软件有时会把长地址折断。'],
  en: 'There is no such page, or it is out of your sight. Check that the address is whole: mail programs sometimes break long ones.',
};

/** Also where the server cannot read the address: its own answer would print the address, which may be a key. */
export function noSuchPage(reply: FastifyReply): FastifyReply {
  return sendPage(reply.code(404), <Message {...NO_SUCH_PAGE} home />);
}

/** The table of rights says no: who may, and that nothing happened. */
export function notAllowedPage(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const said = [sentenceOf(refusal, 'zh'), '什么都没有改变。'];
  const en = `${sentenceOf(refusal, 'en')} Nothing was changed.`;
  return sendPage(reply.code(403), <Message title="没有权限" said={said} en={en} home />);
}

/** Others are being served with the same, or it takes longer than a server may give to one. */
export function busyPage(reply: FastifyReply): FastifyReply {
  const said = ['正在为其他人生成同类文件，或此文件过大。请稍后再试；仍不成功时，请管理员在服务器上用duban命令导出。'];
  const en =
    'Others are being served, or this is too large. Try again later; else ask whoever runs the server to export it.';
  return sendPage(reply.code(503), <Message title="请稍后再试" said={said} en={en} home />);
}

export function saySorry(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => noSuchPage(reply));
  app.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'failed');
    return sorry(reply.code(status), status);
  });
}

/** What each refusal of the server itself is called; the rest is our own fault. */
const SAID: Record<number, Said> = {
  400: {
    title: '请求无效',
    said: ['浏览器发来的内容不完整，请返回上一页重试。'],
    en: 'What the browser sent is not whole. Go back and try again.',
  },
  403: {
    title: '页面已失效',
    said: ['请返回上一页，刷新后再提交；什么都没有改变。'],
    en: 'This page is out of date. Go back, reload it and send the form again; nothing was changed.',
  },
  413: {
    title: '内容过大',
    said: ['提交的内容超出限度，什么都没有保存。请返回上一页，缩短文字或减小文件。'],
    en: 'That is more than fits, and nothing was saved. Go back and shorten the text or the files.',
  },
  415: { title: '不能识别的内容', said: ['请用网页上的表单提交。'], en: 'Please use the form on the page.' },
  429: {
    title: '操作过于频繁',
    said: ['请稍等一分钟再试。此前已记录的内容不受影响。'],
    en: 'Too many requests. Wait a minute and try again; what was recorded stays.',
  },
};

const OUR_FAULT: Said = {
  title: '暂时无法处理',
  said: ['系统暂时无法处理，请稍后再试。如刚才提交过内容，用同一页面再次提交不会重复记录。'],
  en: 'Duban cannot answer now; try again later. A form sent again from the same page is not recorded twice.',
};

function sorry(reply: FastifyReply, status: number): FastifyReply {
  return sendPage(reply, <Message {...(SAID[status] ?? OUR_FAULT)} home />);
}
