package cloud.wuye.device.metering.account;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import cloud.wuye.device.metering.cutoff.JudgeCredit;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Accounts of meters for tests elsewhere, and how they stand. */
@ApplicationScoped
public class TestAccounts {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final Db db;
    private final MeterAccounts accounts;
    private final Credits credits;
    private final JudgeCredit judge;
    private final Clock clock;

    TestAccounts(Db db, MeterAccounts accounts, Credits credits, JudgeCredit judge, Clock clock) {
        this.judge = judge;
        this.db = db;
        this.accounts = accounts;
        this.credits = credits;
        this.clock = clock;
    }

    /** What an account is like. */
    public record Terms(
            CreditUnit unit,
            CreditAuthority authority,
            String overdraft,
            String emergency,
            boolean keepSupply,
            List<String> levels,
            boolean member) {
        /** Yuan, no overdraft, told at 20 and 5. */
        public static Terms usual() {
            return new Terms(CreditUnit.MONEY, CreditAuthority.PLATFORM, "0", "0", false, List.of("20", "5"), true);
        }

        public Terms inQuantity() {
            return new Terms(CreditUnit.QUANTITY, authority, overdraft, emergency, keepSupply, levels, member);
        }

        public Terms limits(String overdraft, String emergency) {
            return new Terms(unit, authority, overdraft, emergency, keepSupply, levels, member);
        }

        public Terms keptSupplied() {
            return new Terms(unit, authority, overdraft, emergency, true, levels, member);
        }
    }

    /** A published plan with one price since ten days ago, in yuan. */
    public String plan(TestTenant company, Commodity commodity, String price) {
        Graph manager = Graph.as(company.manager());
        String plan = manager.ask(
                        "mutation($n:String!,$c:Commodity!){p:createTariffPlan(input:{name:$n commodity:$c}){id}}",
                        "n",
                        "P" + Ids.next(),
                        "c",
                        commodity.name())
                .getString("p.id");
        String since = clock.now().atZone(SHANGHAI).toLocalDate().minusDays(10).toString();
        String version = manager.ask(
                        "mutation($p:ID!,$d:Date!,$e:Decimal!){v:draftTariffVersion(planId:$p input:{validFrom:$d basis:FLAT"
                                + " rates:[{energyPrice:$e}]}){id}}",
                        "p",
                        plan,
                        "d",
                        since,
                        "e",
                        price)
                .getString("v.id");
        manager.ask("mutation($v:ID!){publishTariffVersion(id:$v version:0){id}}", "v", version);
        return plan;
    }

    /** Opens the account of a meter that serves its own point. */
    public void open(TestTenant company, UUID meter, Commodity commodity, String plan, Terms terms) {
        in(
                company,
                tx -> accounts.open(
                        tx,
                        new MeterAccount(
                                company.id(),
                                meter,
                                meter,
                                commodity,
                                BillingMode.PREPAID,
                                terms.authority(),
                                terms.unit(),
                                UUID.fromString(plan),
                                terms.member() ? Ids.next() : null,
                                new BigDecimal(terms.overdraft()),
                                new BigDecimal(terms.emergency()),
                                terms.keepSupply(),
                                terms.levels().stream().map(BigDecimal::new).toList(),
                                null,
                                clock.now(),
                                null,
                                0)));
    }

    /** Closes it, whatever stands there. */
    public void close(TestTenant company, UUID meter) {
        in(company, tx -> accounts.byPoint(tx, company.id(), meter)
                .flatMap(account -> accounts.close(tx, account, clock.now())));
    }

    /** Closes it as people do, holding its balance, and takes so long until that is committed. */
    public void closeSlowly(TestTenant company, UUID meter, CountDownLatch held, Duration time) {
        in(company, tx -> accounts.held(tx, company.id(), meter)
                .chain(() -> accounts.byPoint(tx, company.id(), meter))
                .flatMap(account -> accounts.close(tx, account, clock.now()))
                .invoke(held::countDown)
                .onItem()
                .delayIt()
                .by(time));
    }

    /** Puts credit right by so much. */
    public void adjust(TestTenant company, UUID meter, String amount) {
        in(
                company,
                tx -> credits.move(
                        tx,
                        new Credits.Wanted(
                                company.id(),
                                meter,
                                CreditMoveKind.ADJUSTED,
                                new BigDecimal(amount),
                                0,
                                new Source("test", Ids.next().toString(), "adjusted"),
                                Caller.system(company.id()),
                                null)));
    }

    /** Lets so much be used, as ingest does when it charges a reading. */
    public void use(TestTenant company, UUID meter, String amount) {
        in(company, tx -> tx.preparedQuery(
                        """
                                UPDATE meter_balance SET credit = credit - $3,
                                  look_at = CASE WHEN credit - $3 < look_below THEN least(look_at, $4) ELSE look_at END
                                WHERE tenant_id = $1 AND point_id = $2""")
                .execute(Tuple.of(
                        company.id(), meter, new BigDecimal(amount), clock.now().atOffset(java.time.ZoneOffset.UTC))));
    }

    /** Lets the judge look at it at once. */
    public void judge(TestTenant company, UUID meter) {
        in(company, tx -> judge.look(tx, company.id(), meter));
    }

    /** Credit, without trailing zeros. */
    public String credit(TestTenant company, UUID meter) {
        return in(company, tx -> accounts.held(tx, company.id(), meter))
                .credit()
                .stripTrailingZeros()
                .toPlainString();
    }

    /** Something in a transaction of the company's. */
    public <T> T in(TestTenant company, Function<SqlConnection, Uni<T>> work) {
        try {
            return subscribeAndAwait(() -> db.forTenantSql(company.id(), work));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
