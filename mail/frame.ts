/** What stands round the content of a letter: who writes to whom, when. */
export interface Frame {
  /** 市税务局 糜履冰. */
  addressee: string;
  /** The coordination office. */
  office: string;
  /** The letter's day, in its language. */
  date: string;
  /** The letter's id, by which people speak of it. */
  letter: string;
  /** Whether a calendar file goes with it. */
  calendar: boolean;
  /** Seals of the record (D11), below everything. */
  seals: { plan: string; sealedOn: string; hash: string }[];
}
