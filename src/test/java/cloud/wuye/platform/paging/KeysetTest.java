package cloud.wuye.platform.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetTest {
    private static final UUID ID = UUID.fromString("0193b6a2-1111-7000-8000-000000000001");
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-07-06T15:22:47.123456Z");

    private final Keyset newest = Keyset.by(Key.desc("d.created_at", KeyType.INSTANT), Key.desc("d.id", KeyType.UUID));
    private final Keyset lastSeen =
            Keyset.by(Key.desc("d.last_seen_at", KeyType.INSTANT).nullsLast(), Key.asc("d.id", KeyType.UUID));

    private final List<Object> bound = new ArrayList<>();

    @Test
    void oneDirectionWithoutNullsIsOneRowComparison() {
        assertEquals("d.created_at desc, d.id desc", newest.orderBy());
        assertEquals(
                "(d.created_at, d.id) < ($1, $2) and d.created_at <= $1",
                newest.after(cursor(newest, AT, ID), this::bind));
        assertEquals(List.of(AT, ID), bound);
    }

    @Test
    void mixedDirectionsAndNullsAreComparedStepByStep() {
        assertEquals("d.last_seen_at desc nulls last, d.id asc", lastSeen.orderBy());
        assertEquals(
                "(d.last_seen_at < $1 or d.last_seen_at is null or (d.last_seen_at = $1 and (d.id > $2)))",
                lastSeen.after(cursor(lastSeen, AT, ID), this::bind));
        assertEquals(List.of(AT, ID), bound);
    }

    @Test
    void amongNullsOnlyTheLaterKeysCount() {
        assertEquals(
                "(d.last_seen_at is null and (d.id > $1))", lastSeen.after(cursor(lastSeen, null, ID), this::bind));
        assertEquals(List.of(ID), bound);
    }

    @Test
    void reversedKeepsNullsLast() {
        assertEquals(
                "d.last_seen_at asc nulls last, d.id desc", lastSeen.reversed().orderBy());
        assertEquals(newest.orderBy(), newest.towards(SortDirection.DESC).orderBy());
        assertEquals(
                "d.created_at asc, d.id asc", newest.towards(SortDirection.ASC).orderBy());
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        assertRefused(newest.reversed(), cursor(newest, AT, ID));
    }

    @Test
    void aNullForAKeyThatIsNeverNullIsRefused() {
        assertRefused(newest, cursor(newest, null, ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "****", "AAAA", "gICA", "5Lit5paH"})
    void rubbishIsRefused(String cursor) {
        assertRefused(newest, cursor);
    }

    @Test
    void aValueOfTheWrongTypeIsRefused() {
        String forged = decoded(cursor(newest, AT, ID)).replace(AT.toString(), "1; drop table device");
        assertRefused(newest, encoded(forged));
        assertRefused(newest, encoded(decoded(cursor(newest, AT, ID)) + "\0+more"));
    }

    @Test
    void theLastKeyMustBeUniqueAndSoNotNull() {
        assertThrows(IllegalArgumentException.class, Keyset::by);
        assertThrows(
                IllegalArgumentException.class,
                () -> Keyset.by(Key.asc("id", KeyType.UUID).nullsLast()));
    }

    @Test
    void pageSizesAreBounded() {
        assertEquals(50, PageInput.of(null, null).first());
        assertEquals(200, PageInput.of(200, "").first());
        assertEquals(
                ProblemCode.PAGE_TOO_LARGE,
                problem(() -> PageInput.of(201, null)).code());
        assertEquals("first", problem(() -> PageInput.of(-1, null)).field());
    }

    private static String cursor(Keyset keyset, Object... values) {
        return Cursor.encode(Integer.toHexString(keyset.orderBy().hashCode()), Arrays.asList(values));
    }

    private String bind(Object value) {
        bound.add(value);
        return "$" + bound.size();
    }

    private void assertRefused(Keyset keyset, String cursor) {
        var problem = problem(() -> keyset.after(cursor, this::bind));
        assertEquals(ProblemCode.INVALID_CURSOR, problem.code());
        assertEquals("after", problem.field());
    }

    private static Problem problem(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(Problem.class, act);
    }

    private static String decoded(String cursor) {
        return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
