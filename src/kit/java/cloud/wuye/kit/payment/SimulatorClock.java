package cloud.wuye.kit.payment;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The simulator's time: the machine's, until somebody sets it; from then on it goes on from there. */
final class SimulatorClock {
    static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final LocalTime BILLS_READY = LocalTime.of(10, 0);

    private volatile Duration offset = Duration.ZERO;
    private volatile boolean billsAtOnce;

    Instant now() {
        return Instant.now().plus(offset);
    }

    OffsetDateTime beijing() {
        return now().truncatedTo(ChronoUnit.SECONDS).atOffset(BEIJING);
    }

    /** Null sets it back to the machine's. */
    void set(Instant at) {
        offset = at == null ? Duration.ZERO : Duration.between(Instant.now(), at);
    }

    void billsAtOnce(boolean yes) {
        billsAtOnce = yes;
    }

    /** From 10:00 of the next day on. */
    boolean billReady(LocalDate day) {
        return billsAtOnce
                || !now().isBefore(day.plusDays(1).atTime(BILLS_READY).toInstant(BEIJING));
    }
}
