package cloud.wuye.platform.db;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DbTest {
    @Inject
    Db db;

    @Inject
    Audit audit;

    private TestTenant mine;
    private TestTenant neighbours;

    @BeforeEach
    void twoCompanies() {
        mine = TestTenants.fresh();
        neighbours = TestTenants.fresh();
    }

    @Test
    void manyUnitsOfOneRequestRunSideBySide() throws Throwable {
        List<Long> counts = subscribeAndAwait(() -> Uni.join()
                .all(IntStream.range(0, 5)
                        .mapToObj(i -> db.forTenant(mine.id(), () -> note(i).chain(this::count)))
                        .toList())
                .andFailFast());
        assertEquals(5, counts.size());
        assertCount(5, (() -> db.forTenant(mine.id(), this::count)));
    }

    @Test
    void entitiesPanacheAndNativeSqlSeeOnlyTheTenantsRows() throws Throwable {
        subscribeAndAwait(() -> db.forTenant(mine.id(), () -> note(1)));
        assertCount(0, (() -> db.forTenant(neighbours.id(), this::count)));
        assertCount(0, (() -> db.forTenantSql(neighbours.id(), this::countSql)));
        assertCount(1, (() -> db.forTenantSql(mine.id(), this::countSql)));
    }

    @Test
    void statementsOfAnyLengthStayPrepared() throws Throwable {
        String lengthy = "SELECT 1 -- " + "long ".repeat(1000);
        assertCount(
                1,
                () -> db.forTenantSql(mine.id(), sql -> sql.preparedQuery(lengthy)
                        .execute()
                        .chain(() -> sql.preparedQuery(
                                        "SELECT count(*) FROM pg_prepared_statements WHERE statement = $1")
                                .execute(Tuple.of(lengthy)))
                        .map(rows -> rows.iterator().next().getLong(0))));
    }

    @Test
    void foreignRowsCannotBeWritten() {
        PgException refused = assertThrows(
                PgException.class,
                () -> subscribeAndAwait(() -> db.forTenantSql(mine.id(), sql -> sql.query(
                                "insert into outbox_message (id, tenant_id, kind, key, dedupe_key, payload,"
                                        + " created_at, due_at) values (gen_random_uuid(), '" + neighbours.id()
                                        + "', 'k', 'k', 'k', '{}', now(), now())")
                        .execute())));
        assertTrue(refused.getMessage().contains("row-level security"), refused.getMessage());
    }

    @Test
    void readingSeesOnlyTheCallersRowsAndWritesNothing() throws Throwable {
        subscribeAndAwait(() -> db.forTenant(mine.id(), () -> note(1)));
        assertCount(1, reading(mine, this::countSql));
        assertCount(0, reading(neighbours, this::countSql));
        PgException refused = assertThrows(
                PgException.class,
                () -> subscribeAndAwait(reading(mine, sql -> sql.query("update audit_entry set act = 'x'")
                        .execute())));
        assertEquals("25006", refused.getSqlState());
    }

    /** The client keeps no transaction for them that it could end: whatever comes of the work, the next unit finds a clean connection. */
    @Test
    void readingLeavesNothingBehind() throws Throwable {
        Function<SqlConnection, Uni<Long>> fails =
                sql -> sql.query("select 1 / 0").execute().replaceWith(1L);
        for (int i = 0; i < 30; i++) {
            assertThrows(PgException.class, () -> subscribeAndAwait(reading(mine, fails)));
            assertThrows(
                    IllegalStateException.class,
                    () -> subscribeAndAwait(reading(mine, sql -> {
                        throw new IllegalStateException("before the first statement");
                    })));
            assertCount(7, reading(mine, sql -> fails.apply(sql).onFailure().recoverWithItem(7L)));
            subscribeAndAwait(() -> db.forTenant(neighbours.id(), () -> note(1)));
        }
        assertCount(30, reading(neighbours, this::countSql));
        Awaitility.await()
                .untilAsserted(() -> assertCount(
                        0,
                        () -> db.forTenantSql(mine.id(), sql -> sql.query("select count(*) from pg_stat_activity"
                                        + " where usename = current_user and state like 'idle in transaction%'")
                                .execute()
                                .map(rows -> rows.iterator().next().getLong(0)))));
    }

    @Test
    void withoutATenantNothingIsSeenOrWritten() throws Throwable {
        subscribeAndAwait(() -> db.forTenant(mine.id(), () -> note(1)));
        assertThrows(
                PgException.class,
                () -> subscribeAndAwait(() -> db.forTenantSql(mine.id(), sql -> sql.query(
                                "select set_config('app.tenant', '', true)")
                        .execute()
                        .chain(() -> sql.query(
                                        "insert into outbox_message (id, tenant_id, kind, key, dedupe_key, payload,"
                                                + " created_at, due_at) values (gen_random_uuid(), '" + mine.id()
                                                + "', 'k', 'k', 'k', '{}', now(), now())")
                                .execute()))));
        assertCount(
                0,
                (() -> db.forTenantSql(mine.id(), sql -> sql.query("select set_config('app.tenant', '', true)")
                        .execute()
                        .chain(() -> countSql(sql)))));
    }

    @Test
    void failureRollsBackAndAfterCommitStaysUndone() throws Throwable {
        AtomicInteger committed = new AtomicInteger();
        assertThrows(
                IllegalStateException.class,
                () -> subscribeAndAwait(() -> db.forTenant(
                        mine.id(), () -> note(1).invoke(() -> Unit.required().afterCommit(committed::incrementAndGet))
                                .chain(() -> Uni.createFrom().failure(new IllegalStateException("no"))))));
        assertEquals(0, committed.get());
        assertCount(0, (() -> db.forTenant(mine.id(), this::count)));
    }

    @Test
    void nestedUnitJoins() throws Throwable {
        assertThrows(
                IllegalStateException.class,
                () -> subscribeAndAwait(() -> db.forTenant(mine.id(), () -> db.write(() -> note(1))
                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("outer fails"))))));
        assertCount(0, (() -> db.forTenant(mine.id(), this::count)));
    }

    @Test
    void unitServesOneTenant() {
        assertThrows(
                IllegalStateException.class,
                () -> subscribeAndAwait(
                        () -> db.forTenant(mine.id(), () -> db.forTenant(neighbours.id(), this::count))));
    }

    @Test
    void acrossTenantsSeesAllUnderARoleOfItsOwn() throws Throwable {
        subscribeAndAwait(() -> db.forTenant(mine.id(), () -> note(1)));
        subscribeAndAwait(() -> db.forTenant(neighbours.id(), () -> note(1)));
        Long seen = subscribeAndAwait(
                () -> db.acrossTenants("test", sql -> sql.query("select count(*) from audit_entry where tenant_id in ('"
                                + mine.id() + "','" + neighbours.id() + "') and current_user = 'wuye_cross'")
                        .execute()
                        .map(rows -> rows.iterator().next().getLong(0))));
        assertEquals(Long.valueOf(2), seen);
    }

    /** The client tells of it by what is no exception, which GraphQL would pass over. */
    @Test
    void aParameterOfTheWrongTypeIsAnException() {
        Function<SqlConnection, Uni<Object>> wrong = sql -> sql.preparedQuery("select $1::bigint")
                .execute(Tuple.of("three"))
                .map(rows -> rows);
        for (Supplier<Uni<Object>> unit : List.<Supplier<Uni<Object>>>of(
                () -> db.forTenantSql(mine.id(), wrong), () -> db.acrossTenants("test", wrong))) {
            assertThrows(IllegalStateException.class, () -> subscribeAndAwait(unit));
        }
    }

    /** Two that want the same two things in the other order: one is thrown out, comes again and gets both. */
    @Test
    void aUnitThatLostAgainstAnotherIsTriedAgain() throws Throwable {
        AtomicInteger tries = new AtomicInteger();
        CompletableFuture<Void> oneHolds = new CompletableFuture<>();
        CompletableFuture<Void> otherHolds = new CompletableFuture<>();
        List<String> ends = subscribeAndAwait(() -> Uni.join()
                .all(
                        db.forTenantSql(mine.id(), sql -> both(sql, 1, 2, tries, oneHolds, otherHolds)),
                        db.forTenantSql(mine.id(), sql -> both(sql, 2, 1, tries, otherHolds, oneHolds)))
                .andFailFast());
        assertEquals(List.of("both", "both"), ends);
        assertEquals(3, tries.get());
    }

    @Test
    void aHibernateUnitIsTriedAgainAsAWholeAndAnInnerOneNotByItself() throws Throwable {
        AtomicInteger outer = new AtomicInteger();
        AtomicInteger inner = new AtomicInteger();
        AtomicInteger committed = new AtomicInteger();
        subscribeAndAwait(() -> db.forTenant(mine.id(), () -> {
            outer.incrementAndGet();
            return note(1).chain(() -> db.write(() -> {
                Unit.required().afterCommit(committed::incrementAndGet);
                return inner.incrementAndGet() == 1 ? refused("40001") : note(2);
            }));
        }));
        assertEquals(List.of(2, 2, 1), List.of(outer.get(), inner.get(), committed.get()));
        assertCount(2, (() -> db.forTenant(mine.id(), this::count)));
    }

    @Test
    void threeTriesAreAllAndOtherFailuresHaveOne() {
        for (String state : List.of("40001", "40P01")) {
            assertEquals(3, triesUntilGivenUp(state));
        }
        for (String state : List.of("23505", "57014", "55P03")) {
            assertEquals(1, triesUntilGivenUp(state));
        }
    }

    /** What neither ends nor moves is ended by PostgreSQL, whichever way it came in. */
    @Test
    void everyUnitHasItsLimitsOfTime() throws Throwable {
        String limits = "SELECT current_setting('statement_timeout') || ' '"
                + " || current_setting('idle_in_transaction_session_timeout')";
        Function<SqlConnection, Uni<String>> plain = sql ->
                sql.query(limits).execute().map(rows -> rows.iterator().next().getString(0));
        assertEquals("2min 1min", subscribeAndAwait(() -> db.forTenantSql(mine.id(), plain)));
        assertEquals("2min 1min", subscribeAndAwait(() -> db.acrossTenants("test", plain)));
        assertEquals(
                "2min 1min",
                subscribeAndAwait(() -> db.forTenant(mine.id(), () -> Panache.getSession()
                        .chain(session ->
                                session.createNativeQuery(limits, String.class).getSingleResult()))));
    }

    private <T> Supplier<Uni<T>> reading(TestTenant tenant, Function<SqlConnection, Uni<T>> work) {
        return () -> db.onBehalfOf(Caller.system(tenant.id()), () -> db.readSql(work));
    }

    private int triesUntilGivenUp(String state) {
        AtomicInteger tries = new AtomicInteger();
        PgException refused = assertThrows(
                PgException.class,
                () -> subscribeAndAwait(() -> db.forTenantSql(mine.id(), sql -> {
                    tries.incrementAndGet();
                    return sql.query("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '" + state + "'; END $$")
                            .execute();
                })));
        assertEquals(state, refused.getSqlState());
        return tries.get();
    }

    private static Uni<Void> refused(String state) {
        return Panache.getSession().chain(session -> session.createNativeQuery(
                        "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '" + state + "'; END $$")
                .executeUpdate()
                .replaceWithVoid());
    }

    /** Takes one lock, waits until the other unit has the other one, and wants that as well. */
    private static Uni<String> both(
            SqlConnection sql,
            int first,
            int second,
            AtomicInteger tries,
            CompletableFuture<Void> holding,
            CompletableFuture<Void> othersHold) {
        tries.incrementAndGet();
        return lock(sql, first)
                .invoke(() -> holding.complete(null))
                .chain(() -> Uni.createFrom().completionStage(othersHold))
                .chain(() -> lock(sql, second))
                .replaceWith("both");
    }

    private static Uni<Void> lock(SqlConnection sql, int number) {
        return sql.query("SELECT pg_advisory_xact_lock(770, " + number + ")")
                .execute()
                .replaceWithVoid();
    }

    private static void assertCount(long expected, Supplier<Uni<Long>> counted) throws Throwable {
        assertEquals(Long.valueOf(expected), subscribeAndAwait(counted));
    }

    private Uni<Void> note(int number) {
        return audit.record("test.note", "Test", number, null, null, null);
    }

    private Uni<Long> count() {
        return Panache.getSession().chain(session -> session.createQuery("select count(*) from AuditEntry", Long.class)
                .getSingleResult());
    }

    private Uni<Long> countSql(SqlConnection sql) {
        return sql.query("select count(*) from audit_entry")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
