package cloud.wuye.platform.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.Plans;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.PoolOptions;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However many rows lie between the beginning of a filter's span and the cursor, none of them is read. */
class PageDepthTest {
    private static final KitServers KIT = KitServers.shared();
    private static final Keyset NEWEST = Keyset.by(Key.desc("e.day", KeyType.DATE), Key.desc("e.id", KeyType.UUID));
    private static final LocalDate FROM = LocalDate.parse("2000-01-01");
    private static final LocalDate TO = LocalDate.parse("2100-01-01");
    /** A thousand days from 2020-01-01 on, of fifty rows each. */
    private static final String ROWS =
            """
            create temp table deep on commit drop as
              select date '2020-01-01' + n / 50 as day, gen_random_uuid() as id from generate_series(0, 49999) n;
            create index on deep (day desc, id desc);
            analyze deep""";

    private final Pool pool = PgBuilder.pool()
            .connectingTo(KIT.connectingTo("postgres", "superuser"))
            .with(new PoolOptions().setMaxSize(1))
            .build();

    @AfterEach
    void close() {
        pool.closeAndAwait();
    }

    @Test
    void aPageBeginsToReadAtItsCursor() {
        String plan = pool.withTransaction(connection -> connection
                        .query(ROWS)
                        .execute()
                        .chain(() -> upTo(LocalDate.parse("2020-01-05"))
                                .page(connection, NEWEST, PageInput.first(1), row -> row.getUUID("id")))
                        .chain(near -> {
                            Select rest = upTo(TO);
                            return rest.page(
                                            connection,
                                            NEWEST,
                                            PageInput.of(50, near.cursors().get(0)),
                                            row -> row.getUUID("id"))
                                    .invoke(page ->
                                            assertEquals(50, page.items().size()))
                                    .chain(() -> Plans.of(
                                            connection,
                                            "analyze, buffers",
                                            rest.sql(),
                                            Tuple.of(
                                                    FROM,
                                                    TO,
                                                    LocalDate.parse("2020-01-04"),
                                                    near.items().get(0))));
                        }))
                .await()
                .indefinitely();
        Matcher blocks = Pattern.compile("local hit=(\\d+)(?: read=(\\d+))?").matcher(plan);
        assertTrue(blocks.find(), plan);
        assertTrue(Integer.parseInt(blocks.group(1)) < 100 && blocks.group(2) == null, plan);
    }

    private static Select upTo(LocalDate to) {
        return Select.of("select e.day, e.id from deep e").where("e.day >= ? and e.day < ?", FROM, to);
    }
}
