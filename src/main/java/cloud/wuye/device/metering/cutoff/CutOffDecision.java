package cloud.wuye.device.metering.cutoff;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether an account's supply is cut, spared or given back: the whole judgement, without its database. In doubt supply stays on.
 * What is held stays held until it is paid: the night gives nothing back.
 *
 * @param reason why it is spared, else null
 * @param until when the reason ends; null when that cannot be known
 */
record CutOffDecision(CutOffOutcome outcome, SpareReason reason, Instant until) {
    /** How often an order that nobody pays spares supply, since credit fell beyond its limit. */
    private static final int ORDERS_THAT_SPARE = 2;

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * What it is decided from; stored with the decision.
     *
     * @param limit how far below zero credit may fall, emergency credit that was taken included
     * @param held whether supply is held off for arrears now
     * @param quietUntil when the quiet time ends that holds now, or null
     * @param lastReadingAt the latest reading that is believed, or null
     * @param freshHours how old that may be
     * @param anomaly whether readings of the meter are not believed
     * @param clockDoubted whether its clock is
     * @param chargePending whether usage waits to be charged, or charged anew
     * @param paid whether money has come that is not credited yet
     * @param payableUntil until when an order of the account's may be paid, or null
     * @param unpaidOrders how many orders lapsed unpaid since credit fell beyond the limit
     * @param cutInBuilding how many accounts were cut off in the building within the hour
     * @param firstCutAt the first of those
     * @param mostPerHour how many may be
     * @param autoReconnect whether supply comes back without a person
     * @param billed whether it is billed after use: credit is then what is overdue of its bills, below zero
     * @param overdueBills how many of them are overdue, grace included
     * @param overdueSince when the first became so, or null
     */
    @RegisterForReflection
    record Facts(
            Instant now,
            BigDecimal credit,
            BigDecimal limit,
            boolean held,
            boolean keepSupply,
            Instant quietUntil,
            Instant lastReadingAt,
            int freshHours,
            boolean anomaly,
            boolean clockDoubted,
            boolean chargePending,
            boolean paid,
            Instant payableUntil,
            int unpaidOrders,
            int cutInBuilding,
            Instant firstCutAt,
            int mostPerHour,
            boolean autoReconnect,
            boolean billed,
            int overdueBills,
            Instant overdueSince) {
        boolean beyondLimit() {
            return credit.compareTo(limit.negate()) < 0;
        }

        private boolean stale() {
            return lastReadingAt == null
                    || lastReadingAt.plus(Duration.ofHours(freshHours)).isBefore(now);
        }
    }

    static CutOffDecision of(Facts facts) {
        if (!facts.beyondLimit() || facts.keepSupply()) {
            if (facts.held()) {
                return new CutOffDecision(
                        facts.autoReconnect() || facts.keepSupply()
                                ? CutOffOutcome.RELEASE
                                : CutOffOutcome.WAIT_FOR_PERSON,
                        null,
                        null);
            }
            return facts.beyondLimit()
                    ? spare(SpareReason.KEEP_SUPPLY, null)
                    : new CutOffDecision(CutOffOutcome.NOTHING, null, null);
        }
        return facts.held() ? new CutOffDecision(CutOffOutcome.NOTHING, null, null) : cut(facts);
    }

    private static CutOffDecision cut(Facts facts) {
        CutOffDecision doubted = facts.billed() ? null : doubted(facts);
        return doubted != null ? doubted : cutUnlessSpared(facts);
    }

    /** What is charged as it is read is doubted with the readings. A bill was made of believed ones, and was due for days. */
    private static CutOffDecision doubted(Facts facts) {
        if (facts.anomaly()) {
            return spare(SpareReason.ANOMALY, null);
        }
        if (facts.clockDoubted()) {
            return spare(SpareReason.CLOCK_DOUBTED, null);
        }
        if (facts.chargePending()) {
            return spare(SpareReason.CHARGE_PENDING, null);
        }
        if (facts.stale()) {
            return spare(SpareReason.NO_FRESH_READING, null);
        }
        return null;
    }

    private static CutOffDecision cutUnlessSpared(Facts facts) {
        if (facts.paid()) {
            return spare(SpareReason.PAID, null);
        }
        if (facts.quietUntil() != null) {
            return spare(SpareReason.QUIET_TIME, facts.quietUntil());
        }
        if (facts.payableUntil() != null && facts.unpaidOrders() < ORDERS_THAT_SPARE) {
            return spare(SpareReason.PAYMENT_PENDING, facts.payableUntil());
        }
        if (facts.cutInBuilding() >= facts.mostPerHour()) {
            return spare(SpareReason.TOO_MANY_AT_ONCE, facts.firstCutAt().plus(HOUR));
        }
        return new CutOffDecision(CutOffOutcome.HOLD, null, null);
    }

    private static CutOffDecision spare(SpareReason reason, Instant until) {
        return new CutOffDecision(CutOffOutcome.SPARE, reason, until);
    }
}
