package cloud.wuye.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostingTest {
    private static LedgerDatabase database;

    private final UUID tenant = Ids.next();
    private final UUID meter = Ids.next();

    @BeforeAll
    static void open() {
        database = new LedgerDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aPaymentStandsOnItsAccounts() {
        database.post(List.of(Facts.paid(tenant, meter, "1", "50")));
        assertEquals(
                Map.of(
                        "PSP_CLEARING:" + Account.COMPANY, new BigDecimal("50.3"),
                        "PAYMENT_FEE_INCOME:" + Account.COMPANY, new BigDecimal("-0.3"),
                        "CUSTOMER_CREDIT:" + meter, new BigDecimal("-50").stripTrailingZeros()),
                database.cached(tenant));
        Map<UUID, BigDecimal> found = database.work(
                tx -> database.balances.of(tx, tenant, AccountKind.CUSTOMER_CREDIT, List.of(meter, tenant)));
        assertEquals(0, found.get(meter).compareTo(new BigDecimal(-50)));
        assertEquals(BigDecimal.ZERO, found.get(tenant));
    }

    @Test
    void repetitionDoesNothingAndSaysSo() {
        List<Posting> first = database.post(List.of(Facts.paid(tenant, meter, "1", "50")));
        List<Posting> again = database.post(List.of(
                Facts.paid(tenant, meter, "2", "20"),
                Facts.paid(tenant, meter, "1", "50"),
                Facts.paid(tenant, meter, "2", "20")));
        assertEquals(
                List.of(true, false, false), again.stream().map(Posting::isNew).toList());
        assertEquals(first.get(0).entryId(), again.get(1).entryId());
        assertEquals(again.get(0).entryId(), again.get(2).entryId());
        assertEquals(2, database.count("journal_entry", tenant));
        assertEquals(
                new BigDecimal("-70").stripTrailingZeros(),
                database.cached(tenant).get("CUSTOMER_CREDIT:" + meter));
    }

    @Test
    void theSameSourceWithOtherContentIsRefused() {
        database.post(List.of(Facts.paid(tenant, meter, "1", "50")));
        Problem refused = assertThrows(
                Problem.class,
                () -> database.post(
                        List.of(Facts.paid(tenant, meter, "2", "50"), Facts.paid(tenant, meter, "1", "51"))));
        assertEquals(ProblemCode.LEDGER_CONFLICT, refused.code());
        assertThrows(
                Problem.class,
                () -> database.post(
                        List.of(Facts.paid(tenant, meter, "3", "50"), Facts.paid(tenant, meter, "3", "51"))));
        assertEquals(1, database.count("journal_entry", tenant));
        assertEquals(database.summed(tenant), database.cached(tenant));
    }

    @Test
    void aHundredAtOnceFromOneSourceAreOne() {
        List<Uni<List<Posting>>> all = IntStream.range(0, 100)
                .mapToObj(i -> database.cross.withTransaction(
                        tx -> database.ledger.post(tx, List.of(Facts.paid(tenant, meter, "1", "50")))))
                .toList();
        List<List<Posting>> outcomes = Uni.join().all(all).andFailFast().await().indefinitely();
        assertEquals(1, outcomes.stream().filter(one -> one.get(0).isNew()).count());
        assertEquals(
                1, outcomes.stream().map(one -> one.get(0).entryId()).distinct().count());
        assertEquals(1, database.count("journal_entry", tenant));
        assertEquals(3, database.count("journal_line", tenant));
        assertEquals(database.summed(tenant), database.cached(tenant));
    }

    @Test
    void otherContentPostedMeanwhileIsRefusedAsWell() {
        List<Uni<List<Posting>>> all = IntStream.range(0, 16)
                .mapToObj(i -> database.cross.withTransaction(tx ->
                        database.ledger.post(tx, List.of(Facts.paid(tenant, meter, "1", String.valueOf(1 + i % 2))))))
                .toList();
        List<Boolean> refused = new ArrayList<>();
        all.stream()
                .map(one -> one.onItemOrFailure().transform((postings, failure) -> {
                    assertTrue(failure == null || failure instanceof Problem, () -> String.valueOf(failure));
                    return failure != null;
                }))
                .map(Uni::subscribeAsCompletionStage)
                .toList()
                .forEach(one -> refused.add(one.join()));
        assertEquals(8, Collections.frequency(refused, true));
        assertEquals(1, database.count("journal_entry", tenant));
    }

    /** The same sources and accounts, shuffled for each: without one order of locks this ends in deadlocks. */
    @Test
    void sixteenPostersOfTheSameAccountsDoNotDeadlock() {
        List<UUID> meters = IntStream.range(0, 50).mapToObj(i -> Ids.next()).toList();
        List<Uni<List<Posting>>> all = new ArrayList<>();
        for (int poster = 0; poster < 16; poster++) {
            for (int round = 0; round < 4; round++) {
                List<Entry> batch = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    String own = poster + "-" + round + "-" + i;
                    batch.add(Facts.used(tenant, meters.get(i % 50), i % 4 == 0 ? round + "-" + i : own, "0.1234"));
                }
                Collections.shuffle(batch, new Random(poster));
                all.add(database.cross.withTransaction(tx -> database.ledger.post(tx, batch)));
            }
        }
        Uni.join().all(all).andFailFast().await().indefinitely();
        assertEquals(4 * (25 + 16 * 75), database.count("journal_entry", tenant));
        assertEquals(database.summed(tenant), database.cached(tenant));
        assertTrue(database.query(
                                "SELECT count(DISTINCT stripe) FROM ledger_balance WHERE tenant_id = $1 AND account = 'ENERGY_USED'",
                                Tuple.of(tenant),
                                row -> row.getLong(0))
                        .get(0)
                > 1);
    }

    @Test
    void whatIsRolledBackWasNeverPosted() {
        assertThrows(
                IllegalStateException.class,
                () -> database.work(tx -> database.ledger
                        .post(tx, List.of(Facts.paid(tenant, meter, "1", "50")))
                        .chain(posted -> Uni.createFrom().failure(new IllegalStateException("half-way")))));
        for (String table : List.of("journal_entry", "journal_line", "ledger_balance", "ledger_day")) {
            assertEquals(0, database.count(table, tenant), table);
        }
        assertTrue(database.post(List.of(Facts.paid(tenant, meter, "1", "50")))
                .get(0)
                .isNew());
    }

    @Test
    void aReversalUndoesItsEntryOnce() {
        UUID entry = database.post(List.of(Facts.paid(tenant, meter, "1", "50")))
                .get(0)
                .entryId();
        Source first = new Source("correction", "1", "reversed");
        Posting undone = reverse(entry, first);
        assertTrue(undone.isNew());
        assertEquals(new Posting(undone.entryId(), false), reverse(entry, first));
        Problem twice = assertThrows(Problem.class, () -> reverse(entry, new Source("correction", "2", "reversed")));
        assertEquals(ProblemCode.LEDGER_CONFLICT, twice.code());
        assertEquals(
                ProblemCode.NOT_FOUND,
                assertThrows(Problem.class, () -> reverse(Ids.next(), first)).code());
        assertEquals(Map.of(), database.cached(tenant));
        assertEquals(2, database.count("journal_entry", tenant));
    }

    @Test
    void anotherCompanysEntriesAreNotPosted() {
        Pool app = database.pool("app", 1);
        try {
            assertThrows(RuntimeException.class, () -> app.withTransaction(tx -> tx.preparedQuery(
                                    "SELECT set_config('app.tenant', $1, true)")
                            .execute(Tuple.of(Ids.next().toString()))
                            .chain(() -> database.ledger.post(tx, List.of(Facts.paid(tenant, meter, "1", "50")))))
                    .await()
                    .indefinitely());
            app.withTransaction(tx -> tx.preparedQuery("SELECT set_config('app.tenant', $1, true)")
                            .execute(Tuple.of(tenant.toString()))
                            .chain(() -> database.ledger.post(tx, List.of(Facts.paid(tenant, meter, "1", "50")))))
                    .await()
                    .indefinitely();
        } finally {
            app.closeAndAwait();
        }
        assertEquals(1, database.count("journal_entry", tenant));
    }

    private Posting reverse(UUID entry, Source source) {
        return database.work(tx -> database.ledger.reverse(tx, tenant, entry, source, Facts.THEN, "wrong meter"));
    }
}
