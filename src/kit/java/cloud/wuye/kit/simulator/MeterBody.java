package cloud.wuye.kit.simulator;

import java.math.BigDecimal;
import java.time.Instant;

/** The meter itself, without its modem: counts while the supply is on, switches, remembers. Knows the true time only. */
abstract class MeterBody {
    /** Where a meter that remembers nothing begins: its register has run at full load since, so it never goes back. */
    static final Instant INSTALLED = Instant.parse("2026-01-01T00:00:00Z");

    final LoadCurve curve;
    final CountingRegister register;
    final long seed;
    private Instant at;
    private boolean supply;
    private long version;
    private long desired;
    private long purchase;
    private String order;
    private long credit;
    private boolean starved;

    MeterBody(LoadCurve curve, long seed, CountingRegister register, MeterMemory memory) {
        this.curve = curve;
        this.seed = seed;
        this.register = register;
        at = memory.at();
        supply = memory.supply();
        version = memory.version();
        desired = memory.desired();
        purchase = memory.purchase();
        order = memory.order();
        credit = memory.credit();
        starved = memory.starved();
    }

    static MeterBody of(DeviceCard card, MeterSettings settings, MeterMemory memory) {
        long seed = Hash.of(settings.seed(), card.uid());
        LoadCurve curve = new LoadCurve(card.profile(), seed, settings.zone());
        MeterMemory start =
                memory == null ? fresh(curve, seed, settings.time().instant().minus(settings.history()), card) : memory;
        MeterBody body = card.isWater()
                ? new WaterBody(curve, seed, start)
                : new ElectricityBody(curve, seed, start, card.profile().phases());
        if (memory == null && settings.faults().always(Fault.ROLLOVER)) {
            body.register.setShortOfEnd(3);
        }
        return body;
    }

    private static MeterMemory fresh(LoadCurve curve, long seed, Instant begin, DeviceCard card) {
        long steps = (long) (Hash.fraction(seed, 7) * (card.isWater() ? 400_000 : 1_500_000));
        long before = steps * (card.isWater() ? 36_000_000L : 360_000_000L);
        // A state version never goes back, not even when nothing was remembered.
        long version = begin.getEpochSecond() - INSTALLED.getEpochSecond();
        long since = curve.peak() * (begin.toEpochMilli() - INSTALLED.toEpochMilli());
        return new MeterMemory(before + Math.max(0, since), begin, true, Math.max(1, version), 0, 0, "", 0, false);
    }

    /** Counts on to that instant; does nothing when it is past it. True when the credit ran out on the way. */
    boolean advance(Instant now) {
        if (!now.isAfter(at)) {
            return false;
        }
        boolean ranOut = false;
        if (supply) {
            long taken = curve.taken(at, now);
            register.add(taken);
            if (purchase > 0) {
                ranOut = credit > 0 && credit <= taken;
                credit -= taken;
            }
        }
        at = now;
        return ranOut && starve();
    }

    /** Switches; true when that changed anything. */
    boolean set(boolean on) {
        if (supply == on) {
            return false;
        }
        supply = on;
        starved = false;
        version++;
        return true;
    }

    /** Its state is another than it last said. */
    final void changed() {
        version++;
    }

    /** Whether there was something stuck that now is free. */
    boolean freed() {
        return false;
    }

    /** Takes over a configuration; false when it is not newer. */
    boolean takeOver(long desiredVersion) {
        if (desiredVersion <= desired) {
            return false;
        }
        desired = desiredVersion;
        version++;
        return true;
    }

    /** Adds a purchase to the credit; the caller has checked its number. */
    void bought(long number, String forOrder, BigDecimal energy) {
        credited(number, forOrder, credit + grains(energy));
    }

    /** Makes the credit this much; the caller has checked the number. */
    void credited(long number, String forOrder, BigDecimal energy) {
        credited(number, forOrder, grains(energy));
    }

    private void credited(long number, String forOrder, long grains) {
        purchase = number;
        order = forOrder;
        credit = grains;
        version++;
    }

    private static long grains(BigDecimal energy) {
        return energy.movePointRight(2).longValue() * 360_000_000L;
    }

    /** Whether it cut the supply for want of credit and has credit again: somebody may press the button. */
    boolean mayFeedAgain() {
        return starved && credit > 0;
    }

    /** Whether its credit is used up, and it is of those that count credit down. */
    boolean isOutOfCredit() {
        return purchase > 0 && credit <= 0;
    }

    /** Cuts the supply for want of credit; false when it was off already. */
    boolean starve() {
        boolean cut = set(false);
        starved |= cut;
        return cut;
    }

    BigDecimal credit() {
        return BigDecimal.valueOf(Math.floorDiv(credit, 360_000_000L), 2);
    }

    long purchase() {
        return purchase;
    }

    /** The order of the last purchase, or empty. */
    String order() {
        return order;
    }

    boolean supply() {
        return supply;
    }

    Instant at() {
        return at;
    }

    long version() {
        return version;
    }

    long desired() {
        return desired;
    }

    MeterMemory memory() {
        return new MeterMemory(register.grains(), at, supply, version, desired, purchase, order, credit, starved);
    }

    /** A number that wanders a little around nothing, the same for the same question. */
    final double wander(int what, double width) {
        return (Hash.fraction(seed + what, at.toEpochMilli()) - 0.5) * 2 * width;
    }

    /** The field of its switch and the word for where it stands. */
    abstract String switchField();

    abstract String switchWord();

    /** The word, as the contract has it, for on or off. */
    abstract String wordFor(boolean on);

    /** Appends the members of a telemetry message's data, without braces. */
    abstract void telemetry(StringBuilder json, boolean noisy);

    /** Appends the registers alone, as a JSON object. */
    abstract void registers(StringBuilder json, boolean noisy);
}
