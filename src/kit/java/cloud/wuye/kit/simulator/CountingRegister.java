package cloud.wuye.kit.simulator;

import java.math.BigDecimal;

/**
 * A register that only counts up, exactly, until it is full and starts again at zero. It counts grains (a tenth of a watt,
 * or of a litre an hour, for one millisecond) and shows whole steps.
 */
final class CountingRegister {
    private final long grainsPerStep;
    private final int decimals;
    private final long steps;
    private long grains;

    private CountingRegister(long grainsPerStep, int decimals, long steps, long grains) {
        this.grainsPerStep = grainsPerStep;
        this.decimals = decimals;
        this.steps = steps;
        this.grains = Math.floorMod(grains, steps * grainsPerStep);
    }

    /** Kilowatt-hours with two decimals, six digits before the point. */
    static CountingRegister energy(long grains) {
        return new CountingRegister(360_000_000L, 2, 100_000_000L, grains);
    }

    /** Cubic metres with three decimals, five digits before the point. */
    static CountingRegister water(long grains) {
        return new CountingRegister(36_000_000L, 3, 100_000_000L, grains);
    }

    void add(long more) {
        grains = (grains + more) % (steps * grainsPerStep);
    }

    /** So near its end that this much more makes it start again. */
    void setShortOfEnd(long shownSteps) {
        grains = (steps - shownSteps) * grainsPerStep;
    }

    long grains() {
        return grains;
    }

    BigDecimal value() {
        return BigDecimal.valueOf(grains / grainsPerStep, decimals);
    }
}
