/** The battery's level in percent, where the browser tells. */
interface BatteryNavigator extends Navigator {
  getBattery?(): Promise<{ level: number }>;
}

export async function batteryLevel(): Promise<number | null> {
  try {
    const battery = await (navigator as BatteryNavigator).getBattery?.();
    return battery ? Math.round(battery.level * 100) : null;
  } catch {
    return null;
  }
}
