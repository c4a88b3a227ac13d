const fullTime = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:z|([+-])(\d{2}):(\d{2}))$/i;
const minutesOfDay = 24 * 60;

/** `time`: full-time of RFC 3339 §5.6, so with an offset. A leap second is only taken at 23:59:60 UTC. */
export function isTime(value: string): boolean {
  const [, hour, minute, second, sign, offsetHour = '0', offsetMinute = '0'] = fullTime.exec(value) ?? [];
  if (!(Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 60)) return false;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return false;
  if (Number(second) < 60) return true;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === '-' ? -1 : 1);
  return (Number(hour) * 60 + Number(minute) - offset + minutesOfDay) % minutesOfDay === minutesOfDay - 1;
}
