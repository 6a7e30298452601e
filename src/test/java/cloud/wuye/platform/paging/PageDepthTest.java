package cloud.wuye.platform.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.Plans;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.PoolOptions;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.BiFunction;
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

    /** The twelve months of 2020, of ten rows a day. */
    private static final String MONTHS =
            """
            create temp table months (day date, id uuid) partition by range (day) on commit drop;
            do $$ begin
              for m in 1..12 loop
                execute format('create temp table month_%s partition of months for values from (%L) to (%L) on commit drop',
                  m, make_date(2020, m, 1), make_date(2020, m, 1) + interval '1 month');
              end loop;
            end $$;
            insert into months select date '2020-01-01' + n / 10, gen_random_uuid() from generate_series(0, 3659) n;
            create index on months (day desc, id desc);
            analyze months""";

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
        Select rest = upTo(TO);
        String plan = planOfThePageAfter(
                ROWS,
                upTo(LocalDate.parse("2020-01-05")),
                rest,
                (connection, last) -> Plans.of(
                        connection,
                        "analyze, buffers",
                        rest.sql(),
                        Tuple.of(FROM, TO, LocalDate.parse("2020-01-04"), last)));
        Matcher blocks = Pattern.compile("local hit=(\\d+)(?: read=(\\d+))?").matcher(plan);
        assertTrue(blocks.find(), plan);
        assertTrue(Integer.parseInt(blocks.group(1)) < 100 && blocks.group(2) == null, plan);
    }

    /** A row comparison alone leaves no partition out: each later one would be opened for each page, to find nothing in it. */
    @Test
    void noMonthBetweenTheBeginningAndTheCursorIsOpened() {
        Select rest = Select.of("select e.day, e.id from months e");
        String plan = planOfThePageAfter(
                MONTHS,
                Select.of("select e.day, e.id from months e").where("e.day < ?", LocalDate.parse("2020-03-15")),
                rest,
                (connection, last) ->
                        Plans.kept(connection, "costs off", rest.sql(), Tuple.of(LocalDate.parse("2020-03-14"), last)));
        assertTrue(plan.contains("Subplans Removed: 9\n"), plan);
    }

    /** Reads the newest of the first list, then the page of the rest behind it, and gives how PostgreSQL did the latter. */
    private String planOfThePageAfter(
            String rows, Select first, Select rest, BiFunction<SqlConnection, UUID, Uni<String>> plan) {
        return pool.withTransaction(connection -> connection
                        .query(rows)
                        .execute()
                        .chain(() -> first.page(connection, NEWEST, PageInput.first(1), row -> row.getUUID("id")))
                        .chain(near -> rest.page(
                                        connection,
                                        NEWEST,
                                        PageInput.of(50, near.cursors().get(0)),
                                        row -> row.getUUID("id"))
                                .invoke(page -> assertEquals(50, page.items().size()))
                                .chain(() -> plan.apply(connection, near.items().get(0)))))
                .await()
                .indefinitely();
    }

    private static Select upTo(LocalDate to) {
        return Select.of("select e.day, e.id from deep e").where("e.day >= ? and e.day < ?", FROM, to);
    }
}
