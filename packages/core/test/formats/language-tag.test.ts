import { formats } from '@contract-first/core';
import { accepts } from './accepts.ts';

accepts('F1 language-tag', formats['language-tag'], {
  valid: [
    'DE_de',
    'zh-Hant-TW',
    'zh_Hant_TW',
    'X-Whatever',
    'iw',
    'sh',
    'sl-rozaj-biske-1994',
    'de-DE-u-co-phonebk',
    'de-Qaaa-x-southern',
    ...['de', 'de-DE', 'en_US', 'DE-de', 'zh-Hans-CN', 'zh_Hans_CN', 'zh-cmn-Hans-CN', 'zh-yue-HK', 'sl-rozaj-biske'],
    ...['de-CH-1901', 'sl-IT-nedis', 'hy-Latn-IT-arevela', 'es-419', 'sr-Latn', 'tlh', 'abcd', 'abcdefgh'],
    ...['de-CH-x-phonebk', 'az-Arab-x-AZE-derbend', 'x-private', 'X-Whatever-1', 'x-a', 'qaa-Qaaa-QM-x-southern'],
    ...['en-US-u-islamcal', 'zh-CN-a-myext-x-private', 'en-a-myext-b-another', 'en-0-ab', 'zh-a-bb-cc-b-dd'],
    ...['i-klingon', 'I-Default', 'en-GB-oed', 'sgn-BE-FR', 'art-lojban', 'zh-min-nan', 'zh-guoyu', 'cel-gaulish'],
  ],
  invalid: [
    ...['_', 'de__DE', 'de-DE ', 'de_DE.UTF-8', 'de-a', 'de-u', '123', '日本', '*'],
    ...['', '-', 'd', 'de-', '-de', 'de--DE', 'de-DE-', 'de DE', 'de.DE', 'de-DE\n', 'dé', 'a-DE', 'abcdefghi'],
    ...['x', 'x-', 'x-abcdefghi', 'de-x', 'de-419-DE', 'en-a', 'en-a-b', 'en-a-x-b', 'de-DE-DE', 'de-abcdefghi'],
    ...['i-unknown', 'i', '1-de', 'zh-cmn-yue-hak-gan', 'abcd-efg', 'de-1', 'de-12', 'de-1234567890', 'C'],
  ],
});
