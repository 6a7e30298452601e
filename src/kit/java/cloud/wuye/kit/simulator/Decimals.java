package cloud.wuye.kit.simulator;

import java.math.BigDecimal;

/** Numbers as devices print them. */
final class Decimals {
    private static final double[] POWERS = {1, 10, 100, 1_000, 10_000};

    private Decimals() {}

    /** Rounded to so many decimals; a noisy device adds what its binary arithmetic left over. */
    static void append(StringBuilder json, double value, int decimals, boolean noisy) {
        long scaled = Math.round(value * POWERS[decimals]);
        if (scaled < 0) {
            json.append('-');
            scaled = -scaled;
        }
        long power = (long) POWERS[decimals];
        json.append(scaled / power).append('.');
        String fraction = Long.toString(power + scaled % power);
        json.append(fraction, 1, fraction.length());
        if (noisy) {
            json.append("000000001");
        }
    }

    /** A register; a noisy device's is off in a place that no register has. */
    static void append(StringBuilder json, BigDecimal value, boolean noisy) {
        json.append(value.toPlainString());
        if (noisy) {
            json.append("0000000001");
        }
    }
}
