package cloud.wuye.device.metering.cutoff;

import static cloud.wuye.device.metering.cutoff.CutOffOutcome.HOLD;
import static cloud.wuye.device.metering.cutoff.CutOffOutcome.NOTHING;
import static cloud.wuye.device.metering.cutoff.CutOffOutcome.RELEASE;
import static cloud.wuye.device.metering.cutoff.CutOffOutcome.SPARE;
import static cloud.wuye.device.metering.cutoff.CutOffOutcome.WAIT_FOR_PERSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutOffDecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(20));

    /**
     * An account that is beyond its limit and that nothing spares, and what is otherwise with it, in words.
     *
     * @param words such as {@code held paid credit=-5}
     */
    private static CutOffDecision.Facts facts(String words) {
        Set<String> so = Set.of(words.trim().split(" +"));
        return new CutOffDecision.Facts(
                NOW,
                new BigDecimal(so.stream()
                        .filter(each -> each.startsWith("credit="))
                        .map(each -> each.substring(7))
                        .findFirst()
                        .orElse("-10.01")),
                BigDecimal.TEN,
                so.contains("held"),
                so.contains("keep"),
                so.contains("quiet") ? LATER : null,
                so.contains("never-read") ? null : NOW.minus(Duration.ofHours(so.contains("stale") ? 25 : 24)),
                24,
                so.contains("anomaly"),
                so.contains("clock"),
                so.contains("charging"),
                so.contains("paid"),
                so.contains("ordered") ? LATER : null,
                so.contains("lapsed") ? 2 : 1,
                so.contains("many") ? 3 : 2,
                NOW.minus(Duration.ofMinutes(50)),
                3,
                !so.contains("by-hand"),
                so.contains("billed"),
                so.contains("billed") ? 1 : 0,
                so.contains("billed") ? NOW.minus(Duration.ofDays(1)) : null);
    }

    @ParameterizedTest
    @CsvSource({
        "'', HOLD,",
        "credit=-10, NOTHING,",
        "credit=5, NOTHING,",
        "credit=5 keep, NOTHING,",
        "keep, SPARE, KEEP_SUPPLY",
        "keep quiet, SPARE, KEEP_SUPPLY",
        "quiet, SPARE, QUIET_TIME",
        "stale, SPARE, NO_FRESH_READING",
        "never-read, SPARE, NO_FRESH_READING",
        "anomaly, SPARE, ANOMALY",
        "clock, SPARE, CLOCK_DOUBTED",
        "charging, SPARE, CHARGE_PENDING",
        "paid, SPARE, PAID",
        "ordered, SPARE, PAYMENT_PENDING",
        "ordered lapsed, HOLD,",
        "many, SPARE, TOO_MANY_AT_ONCE",
        "anomaly stale quiet ordered many, SPARE, ANOMALY",
        "quiet ordered, SPARE, QUIET_TIME",
        "held, NOTHING,",
        "held quiet, NOTHING,",
        "held anomaly, NOTHING,",
        "held credit=-10, RELEASE,",
        "held credit=-10 by-hand, WAIT_FOR_PERSON,",
        "held keep, RELEASE,",
        "held keep by-hand, RELEASE,",
        "held credit=0 quiet many, RELEASE,",
        "billed stale anomaly clock charging, HOLD,",
        "billed quiet, SPARE, QUIET_TIME",
        "billed keep, SPARE, KEEP_SUPPLY",
        "billed paid, SPARE, PAID",
        "billed ordered, SPARE, PAYMENT_PENDING",
        "billed many, SPARE, TOO_MANY_AT_ONCE",
        "billed held credit=0, RELEASE,"
    })
    void decides(String words, CutOffOutcome outcome, SpareReason reason) {
        CutOffDecision decision = CutOffDecision.of(facts(words));
        assertEquals(outcome, decision.outcome());
        assertEquals(reason, decision.reason());
    }

    @Test
    void reasonsWithAnEndSayWhenItIs() {
        assertEquals(LATER, CutOffDecision.of(facts("quiet")).until());
        assertEquals(LATER, CutOffDecision.of(facts("ordered")).until());
        assertEquals(
                NOW.plus(Duration.ofMinutes(10)),
                CutOffDecision.of(facts("many")).until());
    }

    /** Whatever else is so: no hold opens in a quiet time, on doubtful data, on a kept account, or within the limit. */
    @Test
    void inDoubtSupplyStaysOn() {
        List<String> all = List.of(
                "held",
                "keep",
                "quiet",
                "stale",
                "anomaly",
                "clock",
                "charging",
                "paid",
                "ordered",
                "lapsed",
                "many",
                "by-hand",
                "credit=-10");
        int holds = 0;
        for (int mask = 0; mask < 1 << all.size(); mask++) {
            StringBuilder words = new StringBuilder();
            for (int bit = 0; bit < all.size(); bit++) {
                words.append((mask >> bit & 1) == 1 ? all.get(bit) + " " : "");
            }
            String so = words.toString();
            CutOffOutcome outcome = CutOffDecision.of(facts(so)).outcome();
            boolean spared = Arrays.stream("keep quiet stale anomaly clock charging paid many credit=-10".split(" "))
                    .anyMatch(so::contains);
            if (spared) {
                assertNotEquals(HOLD, outcome, so);
            }
            if (so.contains("held")) {
                assertEquals(true, EnumSet.of(NOTHING, RELEASE, WAIT_FOR_PERSON).contains(outcome), so);
            } else {
                assertEquals(true, EnumSet.of(NOTHING, HOLD, SPARE).contains(outcome), so);
            }
            holds += outcome == HOLD ? 1 : 0;
        }
        assertEquals(6, holds, "lapsed or not, ordered and lapsed, by hand or not");
    }
}
