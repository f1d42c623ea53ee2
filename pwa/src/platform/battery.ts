/** The battery, where the browser tells. */
export interface Battery {
  /** Percent. */
  level: number;
  charging: boolean;
}

interface BatteryNavigator extends Navigator {
  getBattery?(): Promise<{ level: number; charging: boolean }>;
}

export async function readBattery(): Promise<Battery | null> {
  try {
    const battery = await (navigator as BatteryNavigator).getBattery?.();
    return battery ? { level: Math.round(battery.level * 100), charging: battery.charging } : null;
  } catch {
    return null;
  }
}
