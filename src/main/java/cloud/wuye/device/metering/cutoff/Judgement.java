package cloud.wuye.device.metering.cutoff;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one look at an account comes to: what is remembered from now on, what people are told, and when somebody looks again.
 *
 * @param inputs what the decision was made from
 */
record Judgement(CreditFacts facts, CutOffDecision.Facts inputs, CreditLevels levels, CutOffDecision decision) {
    /** Below any credit: somebody looks when credit is moved, or when it is time. */
    private static final BigDecimal NEVER = new BigDecimal("-999999999999");
    /** After which somebody looks again at what ends at no known time; a reading or payment makes it sooner. */
    private static final Duration RETRY = Duration.ofMinutes(10);

    private static final Duration SOON = Duration.ofMinutes(1);

    /** An event to be written down. */
    record Event(CreditEventKind kind, BigDecimal level, SpareReason reason, Instant until) {
        private static Event of(CreditEventKind kind) {
            return new Event(kind, null, null, null);
        }
    }

    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (BigDecimal level : levels.crossed()) {
            events.add(new Event(
                    level.signum() == 0 ? CreditEventKind.EXHAUSTED : CreditEventKind.LOW_CREDIT, level, null, null));
        }
        switch (decision.outcome()) {
            case HOLD -> events.add(Event.of(CreditEventKind.HELD));
            case RELEASE -> events.add(Event.of(CreditEventKind.RESTORED));
            case SPARE -> {
                if (decision.reason() != facts.sparedFor()) {
                    events.add(new Event(CreditEventKind.SPARED, null, decision.reason(), decision.until()));
                }
            }
            default -> {
                // Nothing that people need to know.
            }
        }
        return events;
    }

    boolean isHeld() {
        return switch (decision.outcome()) {
            case HOLD -> true;
            case RELEASE -> false;
            default -> facts.heldSince() != null;
        };
    }

    Instant heldSince() {
        return !isHeld() ? null : facts.heldSince() == null ? inputs.now() : facts.heldSince();
    }

    Instant belowSince() {
        return !facts.beyondLimit() ? null : facts.belowSince() == null ? inputs.now() : facts.belowSince();
    }

    Instant emergencyAt() {
        return facts.emergencyTaken() ? facts.emergencyAt() : null;
    }

    /** Below which credit ingest calls the judge; null where credit is billed, and bills call. */
    BigDecimal lookBelow() {
        if (facts.billed()) {
            return null;
        }
        if (!facts.beyondLimit() && !isHeld()) {
            return levels.next() == null ? facts.limit().negate() : levels.next();
        }
        return decision.outcome() == CutOffOutcome.SPARE && endsUnannounced()
                ? facts.limit().negate()
                : NEVER;
    }

    /** When the judge looks again whatever happens, or null. */
    Instant lookAt() {
        if (decision.outcome() != CutOffOutcome.SPARE) {
            return null;
        }
        if (!endsUnannounced()) {
            return decision.until();
        }
        return inputs.now().plus(decision.reason() == SpareReason.CHARGE_PENDING ? SOON : RETRY);
    }

    private boolean endsUnannounced() {
        return decision.until() == null && decision.reason() != SpareReason.KEEP_SUPPLY;
    }
}
