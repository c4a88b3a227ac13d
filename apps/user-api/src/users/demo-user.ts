import type { NewUser } from '../storage/user-store.ts';

/** The user that a development server has: the record of the contract's examples. */
export const demoUser = {
  id: 'c0daf39b-4df5-4241-9e7d-b1b85f829090',
  createdAt: new Date('2021-09-01T23:12:56Z'),
  attributes: {
    firstName: 'John',
    lastName: 'Smith',
    email: 'user@example.com',
    phoneNumber: '+1 (425) 555-1212',
    pictureUrl: 'https://api.pace.cloud/user/img/uztqwenbqw87t123jhg87t6876',
    gender: 'male',
    birthDate: '1997-07-21',
    address: {
      country: 'DE',
      locality: 'Karlsruhe',
      street: 'Haid-und-Neu-Straße',
      houseNo: '18',
      additionalAddressLink: 'z.H. John Smith',
      region: 'BW',
      postalCode: '76131',
    },
    locale: 'de-DE',
    zoneInfo: 'Europe/Berlin',
  },
} as const satisfies NewUser;
