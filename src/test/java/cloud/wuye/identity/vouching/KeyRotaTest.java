package cloud.wuye.identity.vouching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** At every moment one key signs, and every realm knows it. */
class KeyRotaTest {
    private static final Instant BEGIN = Instant.parse("2026-11-27T00:00:00Z");
    private static final Duration LIFESPAN = Duration.ofDays(30);

    @Test
    void theFirstKeySignsAtOnce() {
        assertTrue(at("PT0S").wantsAnother());
        KeyRota first = at("PT0S", "PT0S");
        assertFalse(first.wantsAnother());
        assertEquals("PT0S", first.signing().kid());
    }

    @Test
    void theNextIsShownForAMinuteBeforeItSigns() {
        assertFalse(at("P29DT23H59M59S", "PT0S").wantsAnother());
        assertTrue(at("P30D", "PT0S").wantsAnother());
        for (String early : List.of("P30D", "P30DT59S")) {
            KeyRota rota = at(early, "PT0S", "P30D");
            assertEquals("PT0S", rota.signing().kid());
            assertEquals(List.of("PT0S", "P30D"), kids(rota.shown()));
            assertFalse(rota.wantsAnother());
        }
        assertEquals("P30D", at("P30DT1M", "PT0S", "P30D").signing().kid());
    }

    @Test
    void theOldIsShownForFiveMinutesAfterItSignedLast() {
        KeyRota last = at("P30DT5M59S", "PT0S", "P30D");
        assertEquals(List.of("PT0S", "P30D"), kids(last.shown()));
        assertEquals(List.of(), last.over());
        KeyRota over = at("P30DT6M", "PT0S", "P30D");
        assertEquals(List.of("P30D"), kids(over.shown()));
        assertEquals(List.of("PT0S"), kids(over.over()));
    }

    @Test
    void ofTwoMadeAtTheSameMomentOneSignsAndBothAreShown() {
        KeyRota rota = at("PT30S", "PT0S", "PT0S");
        assertEquals(2, rota.shown().size());
        assertEquals("PT0S", rota.signing().kid());
    }

    /** What is shown is always at least what signs now and what signed while a word of it is good. */
    @Test
    void whateverSignsIsShownUntilItsWordsAreOver() {
        for (int second = 0; second < 900; second++) {
            Duration now = LIFESPAN.plusSeconds(second);
            KeyRota rota = at(now.toString(), "PT0S", "P30D");
            KeyRota then = at(now.plusSeconds(60).toString(), "PT0S", "P30D");
            assertTrue(rota.shown().contains(rota.signing()));
            assertTrue(then.shown().contains(rota.signing()), now::toString);
        }
    }

    private static List<String> kids(List<VouchingKey> keys) {
        return keys.stream().map(VouchingKey::kid).toList();
    }

    private static KeyRota at(String now, String... made) {
        List<VouchingKey> keys = Stream.of(made)
                .map(age -> new VouchingKey(new UUID(0, 1), age, "", "", BEGIN.plus(Duration.parse(age))))
                .toList();
        return new KeyRota(keys, BEGIN.plus(Duration.parse(now)), LIFESPAN);
    }
}
