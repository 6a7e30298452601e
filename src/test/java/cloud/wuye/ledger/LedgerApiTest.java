package cloud.wuye.ledger;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LedgerApiTest {
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
    private static final String LINES =
            "nodes{entryId sourceType sourceId entryKind occurredAt postedAt memo amount balance} pageInfo{hasNextPage endCursor}";

    @Inject
    Db db;

    @Inject
    Ledger ledger;

    @Inject
    Balances balances;

    @Inject
    ProveLedger prove;

    @Inject
    Clock clock;

    @Inject
    MeterRegistry metrics;

    @Inject
    TestDevices tables;

    @Inject
    TestBooks books;

    private TestTenant company;
    private UUID meter;

    @BeforeEach
    void aCompany() {
        company = TestTenants.fresh();
        meter = Ids.next();
    }

    @AfterEach
    void theClockGoesOn() {
        clock.reset();
    }

    @Test
    void factsArePostedInTheHibernateUnitOfTheirFeature() throws Throwable {
        List<Entry> facts = List.of(
                Facts.paid(company.id(), meter, "a,b{c}", "50"), Facts.used(company.id(), meter, "x:y", "0.3333"));
        List<Posting> first = post(facts);
        assertEquals(List.of(true, true), first.stream().map(Posting::isNew).toList());
        assertEquals(
                first.stream().map(Posting::entryId).toList(),
                post(facts).stream().map(Posting::entryId).toList());
        assertThrows(Problem.class, () -> post(List.of(Facts.paid(company.id(), meter, "a,b{c}", "51"))));
        Posting undone = subscribeAndAwait(() -> db.forTenant(
                company.id(),
                () -> ledger.reverse(
                        first.get(1).entryId(), new Source("correction", "1", "reversed"), Facts.THEN, null)));
        assertTrue(undone.isNew());
        assertThrows(
                Problem.class,
                () -> subscribeAndAwait(() -> db.forTenant(
                        company.id(),
                        () -> ledger.reverse(
                                first.get(1).entryId(), new Source("correction", "2", "reversed"), Facts.THEN, null))));
        BigDecimal credit = subscribeAndAwait(() ->
                        db.forTenant(company.id(), () -> balances.of(AccountKind.CUSTOMER_CREDIT, List.of(meter))))
                .get(meter);
        assertEquals(0, credit.compareTo(new BigDecimal("-50")));
        JsonPath line = statement("kind:PSP_CLEARING");
        assertEquals("a,b{c}", line.getString("nodes[0].sourceId"));
        assertEquals("top-up, \"a,b{c}\" {50\\}", line.getString("nodes[0].memo"));
    }

    @Test
    void aUnitThatFailsLeavesNothing() {
        assertThrows(
                IllegalStateException.class,
                () -> subscribeAndAwait(() -> db.forTenant(
                        company.id(), () -> ledger.post(List.of(Facts.paid(company.id(), meter, "1", "50")))
                                .map(posted -> {
                                    throw new IllegalStateException("half-way");
                                }))));
        assertEquals("0", tables.one("SELECT count(*) FROM journal_entry WHERE tenant_id = ?", company.id()));
    }

    /** Every page size and direction shows the same lines with the balances that adding up by hand gives. */
    @Test
    void theStatementsBalanceIsRightOnEveryPage() throws Throwable {
        for (int i = 0; i < 23; i++) {
            clock.set(DAY.plus(Duration.ofHours(i * 5L)));
            post(List.of(
                    Facts.paid(company.id(), meter, "o" + i, String.valueOf(10 + i)),
                    Facts.paid(company.id(), Ids.next(), "p" + i, "1")));
        }
        clock.reset();
        for (String account : List.of("kind:PSP_CLEARING", "kind:CUSTOMER_CREDIT subjectId:\"" + meter + "\"")) {
            List<String> oldestFirst = all(account + " direction:ASC", 200);
            assertEquals(account.contains("PSP") ? 46 : 23, oldestFirst.size());
            BigDecimal balance = BigDecimal.ZERO;
            for (String line : oldestFirst) {
                String[] words = line.split(" ");
                balance = balance.add(new BigDecimal(words[1]));
                assertEquals(0, balance.compareTo(new BigDecimal(words[2])), line);
            }
            List<String> newestFirst = new ArrayList<>(oldestFirst);
            Collections.reverse(newestFirst);
            for (int size : new int[] {1, 7, 46}) {
                assertEquals(oldestFirst, all(account + " direction:ASC", size));
                assertEquals(newestFirst, all(account, size));
            }
            assertEquals(
                    oldestFirst.subList(oldestFirst.size() - 2, oldestFirst.size()),
                    all(
                            account + " direction:ASC filter:{postedAt:{from:\""
                                    + DAY.plus(Duration.ofHours(5 * (account.contains("PSP") ? 22 : 21))) + "\"}}",
                            1));
        }
    }

    @Test
    void theTrialBalanceIsRightAtAnyInstantAndAddsUpToZero() throws Throwable {
        for (int i = 0; i < 10; i++) {
            clock.set(DAY.plus(Duration.ofHours(i * 9L)));
            post(List.of(
                    Facts.paid(company.id(), meter, "o" + i, "10"), Facts.used(company.id(), meter, "i" + i, "0.1")));
        }
        for (int i = 0; i <= 10; i++) {
            JsonPath trial = finance()
                    .ask(
                            "query($t:DateTime){trialBalance(at:$t){rows{kind debit credit balance} totals{unit debit balance}}}",
                            "t",
                            DAY.plus(Duration.ofHours(i * 9L)).toString());
            assertEquals(i == 0 ? 0 : 6, trial.getList("trialBalance.rows").size());
            for (String total : trial.<String>getList("trialBalance.totals.balance")) {
                assertEquals(0, new BigDecimal(total).signum());
            }
            if (i > 0) {
                String credit = "trialBalance.rows.find{it.kind=='CUSTOMER_CREDIT'}.";
                assertEquals(
                        0, new BigDecimal(trial.getString(credit + "credit")).compareTo(BigDecimal.valueOf(10L * i)));
                assertEquals(
                        0, new BigDecimal(trial.getString(credit + "debit")).compareTo(BigDecimal.valueOf(55L * i, 3)));
            }
        }
    }

    /** Its rows hold no ids, by which the generated leak test would know whose they are. */
    @Test
    void theTrialBalanceIsTheCallersCompanysAlone() throws Throwable {
        post(List.of(Facts.paid(company.id(), meter, "1", "50")));
        Graph neighbour = Graph.as(TestTenants.fresh().finance());
        assertEquals(List.of(), neighbour.ask("{trialBalance{rows{kind}}}").getList("trialBalance.rows"));
        assertEquals(
                3,
                finance()
                        .ask("{trialBalance{rows{kind}}}")
                        .getList("trialBalance.rows")
                        .size());
    }

    @Test
    void accountsAreListedPageByPage() throws Throwable {
        post(List.of(Facts.paid(company.id(), meter, "1", "50"), Facts.used(company.id(), meter, "1", "1")));
        List<String> kinds = new ArrayList<>();
        String after = null;
        do {
            JsonPath page = finance()
                    .ask(
                            "query($a:String){ledgerAccounts(first:2 after:$a){nodes{kind subjectId unit balance} pageInfo{hasNextPage endCursor}}}",
                            "a",
                            after);
            kinds.addAll(page.getList("ledgerAccounts.nodes.kind"));
            after = page.getBoolean("ledgerAccounts.pageInfo.hasNextPage")
                    ? page.getString("ledgerAccounts.pageInfo.endCursor")
                    : null;
        } while (after != null);
        assertEquals(
                List.of(
                        "CUSTOMER_CREDIT",
                        "ENERGY_CREDIT",
                        "ENERGY_USED",
                        "PAYMENT_FEE_INCOME",
                        "PSP_CLEARING",
                        "REVENUE_ELECTRICITY"),
                kinds);
        JsonPath own = finance()
                .ask(
                        "query($s:ID){ledgerAccounts(filter:{subjectId:$s kinds:[CUSTOMER_CREDIT]}){nodes{unit balance}}}",
                        "s",
                        meter.toString());
        assertEquals("-49.450000", own.getString("ledgerAccounts.nodes[0].balance"));
    }

    @Test
    void theProofFindsAFalsifiedBalanceShowsItAndDoesNotMendIt() throws Throwable {
        post(List.of(Facts.paid(company.id(), meter, "1", "50")));
        proven();
        assertEquals(List.of(), proof().getList("differences"));
        assertEquals("3", proof().getString("lines"));
        tables.run(
                "UPDATE ledger_balance SET amount = amount - 1 WHERE tenant_id = ? AND account = 'CUSTOMER_CREDIT'",
                company.id());
        tables.run(
                "UPDATE ledger_day SET debit = debit + 2 WHERE tenant_id = ? AND account = 'PSP_CLEARING'",
                company.id());
        post(List.of(Facts.paid(company.id(), meter, "2", "20")));
        proven();
        JsonPath found = proof();
        assertEquals("6", found.getString("lines"));
        String balance = "differences.find{it.cache=='BALANCE'}.";
        assertEquals("-71.000000", found.getString(balance + "cached"));
        assertEquals("-70.000000", found.getString(balance + "summed"));
        assertEquals(meter.toString(), found.getString(balance + "subjectId"));
        assertEquals("PSP_CLEARING", found.getString("differences.find{it.cache=='DAY_TOTALS'}.kind"));
        assertTrue(metrics.get("wuye.ledger.differences").gauge().value() >= 2);

        proven();
        assertEquals(2, proof().getList("differences").size());
        assertEquals(found.getString(balance + "id"), proof().getString(balance + "id"));

        tables.run(
                "UPDATE ledger_balance SET amount = amount + 1 WHERE tenant_id = ? AND account = 'CUSTOMER_CREDIT'",
                company.id());
        tables.run(
                "UPDATE ledger_day SET debit = debit - 2 WHERE tenant_id = ? AND account = 'PSP_CLEARING'",
                company.id());
        proven();
        assertEquals(List.of(), proof().getList("differences"));
    }

    /** What was proven is not read again, unless somebody asks for it. */
    @Test
    void aProofFromTheBeginningReadsEveryLine() throws Throwable {
        post(List.of(Facts.paid(company.id(), meter, "1", "50")));
        proven();
        tables.run(
                "UPDATE ledger_proven SET amount = amount - 1 WHERE tenant_id = ? AND account = 'CUSTOMER_CREDIT'",
                company.id());
        proven();
        assertEquals(
                List.of("BALANCE", "DAY_TOTALS"),
                proof().<String>getList("differences.cache").stream().sorted().toList());
        JsonPath asked = finance().ask("mutation{requestLedgerProof(reason:\"month end\"){fullWantedAt}}");
        assertNotNull(asked.getString("requestLedgerProof.fullWantedAt"));
        proven();
        assertEquals(List.of(), proof().getList("differences"));
        assertEquals("3", proof().getString("lines"));
        assertNull(proof().getString("fullWantedAt"));
    }

    /** A transaction that began before a proof and commits after it is not passed over. */
    @Test
    void whatCommitsLateIsProvenLater() throws Throwable {
        post(List.of(Facts.paid(company.id(), meter, "1", "50")));
        proven();
        subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> ledger.post(
                        tx, List.of(Facts.paid(company.id(), meter, "2", "20")))
                .call(prove::now)
                .chain(() -> stripe(tx))
                .chain(taken -> onAnotherStripe(
                        taken, other -> ledger.post(other, List.of(Facts.paid(company.id(), Ids.next(), "3", "5")))))
                .call(prove::now)));
        assertEquals("3", proof().getString("lines"));
        assertEquals(List.of(), proof().getList("differences"));
        proven();
        assertEquals("9", proof().getString("lines"));
        assertEquals(List.of(), proof().getList("differences"));
    }

    @Test
    void onlyFinanceAndManagersLookIntoTheBooks() {
        for (String query : List.of(
                "{ledgerAccounts{nodes{balance}}}",
                "{ledgerStatement(kind:BANK){nodes{amount}}}",
                "{trialBalance{at}}",
                "{ledgerProof{lines}}",
                "mutation{requestLedgerProof(reason:\"x\"){lines}}")) {
            Graph.as(company.technician()).refused("FORBIDDEN", query);
            Graph.as(company.resident()).refused("FORBIDDEN", query);
            finance().ask(query);
            Graph.as(company.manager()).ask(query);
        }
        finance().refused("VALIDATION", "{ledgerStatement(kind:CUSTOMER_CREDIT){nodes{amount}}}");
        finance()
                .refused(
                        "VALIDATION",
                        "query($m:ID){ledgerStatement(kind:BANK subjectId:$m){nodes{amount}}}",
                        "m",
                        meter.toString());
    }

    /** Two connections of one stripe would wait for each other here, and one of them is inside the other. */
    private <T> Uni<T> onAnotherStripe(int taken, Function<SqlConnection, Uni<T>> work) {
        return db.forTenantSql(company.id(), tx -> stripe(tx)
                .chain(own -> own == taken ? onAnotherStripe(taken, work) : work.apply(tx)));
    }

    private static Uni<Integer> stripe(SqlConnection tx) {
        return tx.query("SELECT pg_backend_pid() % 8")
                .execute()
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private List<Posting> post(List<Entry> facts) throws Throwable {
        return subscribeAndAwait(() -> db.forTenant(company.id(), () -> ledger.post(facts)));
    }

    private void proven() throws Throwable {
        books.settle();
        assertNotNull(subscribeAndAwait(() -> prove.now()));
    }

    private JsonPath proof() {
        JsonPath answer = finance()
                .ask(
                        "{ledgerProof{provenAt fullAt fullWantedAt lines differences{id cache kind subjectId cached summed}}}");
        return answer.setRootPath("data.ledgerProof");
    }

    private JsonPath statement(String arguments) {
        return finance()
                .ask("{ledgerStatement(" + arguments + "){" + LINES + "}}")
                .setRootPath("data.ledgerStatement");
    }

    /** Entry, amount and balance of each line, page after page. */
    private List<String> all(String arguments, int size) {
        List<String> lines = new ArrayList<>();
        String after = "";
        do {
            JsonPath page = statement(arguments + " first:" + size + after);
            for (int i = 0; i < page.getList("nodes").size(); i++) {
                String node = "nodes[" + i + "].";
                lines.add(page.getString(node + "entryId") + " " + page.getString(node + "amount") + " "
                        + page.getString(node + "balance"));
            }
            after = page.getBoolean("pageInfo.hasNextPage")
                    ? " after:\"" + page.getString("pageInfo.endCursor") + "\""
                    : null;
        } while (after != null);
        return lines;
    }

    private Graph finance() {
        return Graph.as(company.finance());
    }
}
