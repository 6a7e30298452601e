package cloud.wuye.platform.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole lists read page by page from PostgreSQL, with many ties and nulls. */
@QuarkusTest
class SelectTest {
    private static final int ROWS = 97;
    private static final Instant START = Instant.parse("2026-07-06T15:22:47.123456Z");
    /** Few distinct values per column, so that only the id tells most rows apart. */
    private static final String TABLE =
            """
            select md5(n::text)::uuid as id,
                   'name ' || n % 5 as name,
                   case when n % 4 = 0 then null else timestamptz '2026-07-06 15:22:47.123456Z' + n % 3 * interval '1 microsecond' end as seen,
                   (n % 7)::numeric / 100 as amount,
                   (n % 3)::bigint as whole,
                   date '2026-07-06' + n % 6 as day
            from generate_series(1, 97) n""";

    @Inject
    Pool pool;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 96, 97, 98, 200})
    void pagesPutTogetherAreTheListInEveryOrder(int size) {
        for (Keyset keyset : List.of(
                Keyset.by(Key.asc("d.id", KeyType.UUID)),
                Keyset.by(Key.asc("d.name", KeyType.TEXT), Key.asc("d.id", KeyType.UUID)),
                Keyset.by(Key.desc("d.amount", KeyType.DECIMAL), Key.asc("d.id", KeyType.UUID)),
                Keyset.by(Key.desc("d.seen", KeyType.INSTANT).nullsLast(), Key.desc("d.id", KeyType.UUID)),
                Keyset.by(
                        Key.asc("d.seen", KeyType.INSTANT).nullsLast(),
                        Key.desc("d.day", KeyType.DATE),
                        Key.asc("d.whole", KeyType.LONG),
                        Key.asc("d.id", KeyType.UUID)))) {
            for (Keyset order : List.of(keyset, keyset.reversed())) {
                List<UUID> whole = all(order, 200);
                assertEquals(ROWS, new HashSet<>(whole).size());
                assertEquals(whole, all(order, size), order::orderBy);
            }
        }
    }

    @Test
    void nullsComeLastInEitherDirection() {
        Keyset order = Keyset.by(Key.asc("d.seen", KeyType.INSTANT).nullsLast(), Key.asc("d.id", KeyType.UUID));
        for (Keyset either : List.of(order, order.reversed())) {
            List<Object> seen = page(
                            select(), either, PageInput.first(200), row -> (Object) row.getOffsetDateTime("seen"))
                    .items()
                    .stream()
                    .map(value -> value == null ? "none" : value)
                    .toList();
            int firstNone = seen.indexOf("none");
            assertTrue(firstNone > 0);
            assertTrue(seen.subList(firstNone, ROWS).stream().allMatch("none"::equals));
        }
    }

    @Test
    void aPageKnowsItsNeighbours() {
        Keyset order = Keyset.by(Key.asc("d.id", KeyType.UUID));
        var first = page(select(), order, PageInput.first(50), row -> row.getUUID("id"));
        var info = PageInfo.of(first);
        assertTrue(info.hasNextPage());
        assertFalse(info.hasPreviousPage());
        var rest = PageInfo.of(page(select(), order, PageInput.of(50, info.endCursor()), row -> row.getUUID("id")));
        assertFalse(rest.hasNextPage());
        assertTrue(rest.hasPreviousPage());
        var nothing = PageInfo.of(page(select(), order, PageInput.of(0, null), row -> row.getUUID("id")));
        assertTrue(nothing.hasNextPage());
        assertEquals(null, nothing.endCursor());
    }

    @Test
    void filtersTakeOnlyWhatTheySay() {
        assertEquals(ROWS, count(select().eq("d.name", null).in("d.id", null).contains("d.name", " ")));
        assertEquals(0, count(select().in("d.id", List.of())));
        assertEquals(20, count(select().eq("d.name", "name 1")));
        assertEquals(20, count(select().contains("d.name", "AME 1")));
        assertEquals(20, count(select().startsWith("d.name", "name 1")));
        assertEquals(0, count(select().startsWith("d.name", "ame")));
        assertEquals(0, count(select().contains("d.name", "name_1")));
        assertEquals(0, count(select().contains("d.name", "%")));
        assertEquals(39, count(select().in("d.name", List.of("name 1", "name 3"))));
        assertEquals(
                2,
                count(select().in(
                                "d.id",
                                all(Keyset.by(Key.asc("d.id", KeyType.UUID)), 200)
                                        .subList(0, 2))));
        assertEquals(14, count(select().where("d.amount = ? or d.amount = ?", new BigDecimal("0.01"), BigDecimal.TEN)));
        assertEquals(
                17,
                count(select().where("d.day >= ?", LocalDate.parse("2026-07-07"))
                        .where("d.day < ?", LocalDate.parse("2026-07-08"))));
    }

    @Test
    void aConditionWithAnOrHoldsAsAWhole() {
        Select either = select().where("d.name = ? OR d.name = ?", "name 1", "name 2");
        assertEquals(20, count(either.eq("d.name", "name 1")));
        Keyset order = Keyset.by(Key.asc("d.id", KeyType.UUID));
        Page<UUID> first = page(names(), order, PageInput.first(10), row -> row.getUUID("id"));
        Page<UUID> rest = page(names(), order, PageInput.of(200, first.cursors().get(9)), row -> row.getUUID("id"));
        assertEquals(30, rest.items().size());
        assertEquals(
                "select 1 from t where ordered = $1 and (a = $2 or\n b = $3)",
                Select.of("select 1 from t")
                        .where("ordered = ?", 1)
                        .where("a = ? or\n b = ?", 2, 3)
                        .sql());
    }

    @Test
    void rangesOfTimeAreHalfOpen() {
        var microsecond = new InstantRangeInput(START, START.plusNanos(1_000));
        int first = count(select().between("d.seen", microsecond));
        int both = count(select().between("d.seen", new InstantRangeInput(START, START.plusNanos(2_000))));
        assertTrue(first > 0 && both > first);
        assertEquals(ROWS, count(select().between("d.seen", new InstantRangeInput(null, null))));
    }

    /** The order the database gives is the one the keys name. */
    @Test
    void ordersAreTheNamedOnes() {
        Keyset order = Keyset.by(Key.desc("d.amount", KeyType.DECIMAL), Key.asc("d.id", KeyType.UUID));
        var amounts = page(select(), order, PageInput.first(200), row -> row.getBigDecimal("amount"))
                .items();
        var sorted = new ArrayList<>(amounts);
        sorted.sort(Comparator.reverseOrder());
        assertEquals(sorted, amounts);
    }

    @Test
    void aCursorOutlivesTheRowItNames() {
        Keyset order = Keyset.by(Key.asc("d.name", KeyType.TEXT), Key.asc("d.id", KeyType.UUID));
        var whole = page(select(), order, PageInput.first(200), row -> row.getUUID("id"));
        int at = new Random(1).nextInt(ROWS - 1);
        var gone = whole.items().get(at);
        var rest = page(
                select().where("d.id <> ?", gone),
                order,
                PageInput.of(200, whole.cursors().get(at)),
                row -> row.getUUID("id"));
        assertEquals(whole.items().subList(at + 1, ROWS), rest.items());
    }

    private List<UUID> all(Keyset keyset, int size) {
        var ids = new ArrayList<UUID>();
        String after = null;
        Page<UUID> page;
        do {
            page = page(select(), keyset, PageInput.of(size, after), row -> row.getUUID("id"));
            ids.addAll(page.items());
            after = PageInfo.of(page).endCursor();
        } while (page.hasNext());
        return ids;
    }

    private int count(Select select) {
        return page(select, Keyset.by(Key.asc("d.id", KeyType.UUID)), PageInput.first(200), row -> row)
                .items()
                .size();
    }

    private <T> Page<T> page(Select select, Keyset keyset, PageInput input, Function<Row, T> show) {
        return pool.withConnection(connection -> select.page(connection, keyset, input, show))
                .await()
                .indefinitely();
    }

    private static Select names() {
        return select().where("d.name = ? or d.name = ?", "name 1", "name 2");
    }

    private static Select select() {
        return Select.of("select d.* from (" + TABLE + ") d");
    }
}
