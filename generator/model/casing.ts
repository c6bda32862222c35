/**
 * `order_id` to `orderId`, as protobuf's JSON names go. Where that leaves no
 * identifier (`_`, `_1st`), the name stays as it is.
 */
export function propertyName(name: string): string {
  const camel = name.replace(/_+([a-zA-Z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
  return /^[0-9]|^$/.test(camel) ? name : camel;
}

/** `CreateOrder` to `createOrder`, `HTTPGet` to `httpGet`, `get_order` to `getOrder`. */
export function methodName(name: string): string {
  return lowerFirst(propertyName(name));
}

/** Lower-cases the first letter, or the acronym at the start. */
export function lowerFirst(name: string): string {
  return name.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
}

/** `event_bus`, `EVENT_BUS` and `event-bus` to `EventBus`; `eventBus` too. */
export function pascalName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const pascal = words
    .map((word) => {
      const rest = word.slice(1);
      return word.charAt(0).toUpperCase() + (/[a-z]/.test(word) ? rest : rest.toLowerCase());
    })
    .join("");
  return /^[A-Za-z]/.test(pascal) ? pascal : `_${pascal}`;
}

/**
 * What is left of `ORDER_STATUS_PAID` in the enum OrderStatus: `PAID`. The
 * prefix is compared without case and underscores, because style guides differ
 * in how they split `HTTPMethod` or `Utf8Mode`. `undefined` where the value has
 * no such prefix, or where no identifier would be left.
 */
export function withoutEnumPrefix(enumName: string, valueName: string): string | undefined {
  const letters = enumName.replaceAll("_", "").toLowerCase();
  let matched = 0;
  let end = 0;
  while (matched < letters.length && end < valueName.length) {
    const character = valueName.charAt(end).toLowerCase();
    end += 1;
    if (character === "_") continue;
    if (character !== letters[matched]) return undefined;
    matched += 1;
  }
  if (matched < letters.length || valueName[end] !== "_") return undefined;
  const rest = valueName.slice(end + 1);
  return /^[A-Za-z_]/.test(rest) && rest !== "_" ? rest : undefined;
}
