package cloud.wuye.kit.simulator;

import cloud.wuye.kit.KitException;
import java.util.Locale;

/** What hangs behind a meter: its day, hour by hour, on working days and on days off, in per cent of its full load. */
public enum LoadProfile {
    /** A flat: breakfast, lunch, a long evening. Full load 2.4 kW. */
    HOME(
            24_000,
            1,
            new int[] {9, 7, 6, 6, 6, 8, 18, 30, 22, 14, 13, 20, 26, 18, 13, 13, 18, 32, 52, 68, 74, 62, 38, 18},
            new int[] {12, 8, 7, 6, 6, 7, 10, 18, 30, 34, 32, 38, 44, 36, 30, 28, 30, 42, 60, 74, 78, 66, 44, 24}),
    /** A shop: opening hours, refrigerators all night. Full load 9 kW. */
    SHOP(
            90_000,
            3,
            new int[] {14, 14, 14, 14, 14, 14, 16, 24, 48, 66, 72, 78, 80, 76, 74, 76, 80, 88, 94, 92, 80, 52, 24, 16},
            new int[] {14, 14, 14, 14, 14, 14, 15, 20, 44, 68, 80, 88, 92, 90, 88, 90, 92, 96, 98, 96, 84, 60, 28, 16}),
    /** An office: working hours, next to nothing on days off. Full load 14 kW. */
    OFFICE(
            140_000,
            3,
            new int[] {8, 8, 8, 8, 8, 8, 10, 24, 62, 84, 90, 88, 60, 72, 90, 92, 88, 74, 46, 28, 18, 12, 9, 8},
            new int[] {8, 8, 8, 8, 8, 8, 8, 9, 12, 14, 15, 15, 13, 13, 14, 14, 13, 11, 10, 9, 8, 8, 8, 8}),
    /** Stairs, lifts, pumps. Full load 5 kW. */
    COMMON(
            50_000,
            3,
            new int[] {30, 28, 28, 28, 28, 32, 48, 66, 58, 40, 36, 42, 46, 40, 36, 38, 46, 68, 78, 76, 70, 60, 46, 36},
            new int[] {32, 30, 28, 28, 28, 30, 36, 46, 52, 50, 48, 52, 54, 50, 46, 46, 50, 64, 74, 76, 72, 62, 48, 38}),
    /** The taps of a flat. Full flow 300 l/h on a five-minute average. */
    WATER(
            3_000,
            1,
            new int[] {0, 0, 0, 0, 0, 4, 30, 46, 20, 6, 6, 16, 20, 8, 4, 4, 10, 28, 36, 32, 40, 34, 14, 2},
            new int[] {2, 0, 0, 0, 0, 2, 10, 26, 40, 36, 24, 26, 28, 16, 10, 8, 16, 30, 36, 32, 40, 36, 18, 4});

    private final int full;
    private final int phases;
    private final int[] workday;
    private final int[] dayOff;

    LoadProfile(int full, int phases, int[] workday, int[] dayOff) {
        this.full = full;
        this.phases = phases;
        this.workday = workday;
        this.dayOff = dayOff;
    }

    /** The full load in tenths of a watt, or of a litre an hour. */
    int full() {
        return full;
    }

    int phases() {
        return phases;
    }

    int percent(boolean off, int hour) {
        return (off ? dayOff : workday)[hour];
    }

    static LoadProfile usual(String deviceClass) {
        return deviceClass.equals("wmeter") ? WATER : HOME;
    }

    static LoadProfile of(String name, String where) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new KitException(where + ": " + name + " is not a profile (home, shop, office, common, water).", e);
        }
    }
}
