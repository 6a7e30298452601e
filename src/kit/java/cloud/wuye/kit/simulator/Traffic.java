package cloud.wuye.kit.simulator;

import java.util.concurrent.atomic.LongAdder;

/** What went over the line; counted together for a fleet. */
public final class Traffic {
    final LongAdder measured = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder repeated = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder commands = new LongAdder();
    final LongAdder connects = new LongAdder();
    final LongAdder refusals = new LongAdder();

    /** Readings taken, each with a name of its own: what a service that loses nothing has stored in the end. */
    public long measured() {
        return measured.sum();
    }

    /** Messages given to the broker, of whatever kind and however often. */
    public long published() {
        return published.sum();
    }

    /** Messages that the broker has acknowledged. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    /** Messages that were sent once more than needed, on purpose. */
    public long repeated() {
        return repeated.sum();
    }

    /** Readings that were taken while there was no connection. */
    public long late() {
        return late.sum();
    }

    /** Commands that came in, repetitions included. */
    public long commands() {
        return commands.sum();
    }

    /** Connections that came about. */
    public long connects() {
        return connects.sum();
    }

    /** Attempts to connect that came to nothing. */
    public long refusals() {
        return refusals.sum();
    }

    /** Messages published and not yet settled, one way or the other. */
    public long underWay() {
        return published.sum() - acknowledged.sum() - failed.sum();
    }

    @Override
    public String toString() {
        return "readings=" + measured() + " published=" + published() + " acknowledged=" + acknowledged() + " failed="
                + failed.sum() + " repeated=" + repeated() + " late=" + late() + " commands=" + commands()
                + " connects=" + connects() + " refusals=" + refusals();
    }
}
