package cloud.wuye.device.metering.account;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import cloud.wuye.device.metering.Statement;
import cloud.wuye.device.metering.TestMeters;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Meters with prices, accounts and readings, for tests elsewhere. Readings go to the store as ingest would bring them. */
@ApplicationScoped
public class PostpaidMeters {
    private static final String RERATE = Statement.named("rerate-account");

    private final Db db;
    private final MeterAccounts accounts;
    private final TestMeters meters;
    private final Clock clock;

    PostpaidMeters(Db db, MeterAccounts accounts, TestMeters meters, Clock clock) {
        this.db = db;
        this.accounts = accounts;
        this.meters = meters;
        this.clock = clock;
    }

    /** A plan with one price from this day on. */
    public UUID plan(TestTenant company, Commodity commodity, LocalDate from, String energy, String service) {
        Graph manager = Graph.as(company.manager());
        String plan = manager.ask("mutation{p:createTariffPlan(input:{name:\"" + Ids.next() + "\" commodity:"
                        + commodity + "}){id}}")
                .getString("p.id");
        String version = manager.ask("mutation{v:draftTariffVersion(planId:\"" + plan + "\" input:{validFrom:\"" + from
                        + "\" basis:FLAT rates:[{energyPrice:\"" + energy + "\" servicePrice:\"" + service
                        + "\"}]}){id}}")
                .getString("v.id");
        manager.ask("mutation{publishTariffVersion(id:\"" + version + "\" version:0){id}}");
        return UUID.fromString(plan);
    }

    /** A registered meter. */
    public UUID meter(TestTenant company, Commodity commodity) {
        String kind = commodity == Commodity.WATER ? "WATER_METER" : "ELECTRICITY_METER";
        return UUID.fromString(Graph.as(company.manager())
                .ask("mutation{r:registerDevice(input:{kind:" + kind + " serialNo:\"M" + Ids.next()
                        + "\"}){device{id}}}")
                .getString("r.device.id"));
    }

    /** Opens the account of a meter that serves the point with its own id, on the usual terms of this mode. */
    public void open(TestTenant company, UUID meter, Commodity commodity, UUID plan, BillingMode mode) {
        open(company, meter, commodity, plan, mode, null);
    }

    /** The same, for which this resident is asked to pay. */
    public void open(TestTenant company, UUID meter, Commodity commodity, UUID plan, BillingMode mode, UUID customer) {
        MeterAccount account = new MeterAccount(
                company.id(),
                meter,
                meter,
                commodity,
                mode,
                CreditAuthority.PLATFORM,
                CreditUnit.MONEY,
                plan,
                customer,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                false,
                List.of(),
                null,
                clock.now(),
                null,
                0);
        work(tx -> accounts.holdCounters(tx, company.id(), meter).chain(() -> accounts.open(tx, account)));
    }

    /** The total counter showed this at that time. */
    public void read(TestTenant company, UUID meter, Instant at, String value) {
        meters.store(List.of(meters.reading(company, meter.toString(), at, value)));
    }

    /** Charges an account anew that waits for it, as the ticker would. */
    public void rerate(TestTenant company, UUID point) {
        work(tx -> accounts.holdCounters(tx, company.id(), point)
                .chain(() -> accounts.held(tx, company.id(), point))
                .chain(() -> tx.preparedQuery(RERATE)
                        .execute(Tuple.of(
                                company.id(),
                                point,
                                BigDecimal.TEN.pow(6),
                                clock.now().atOffset(ZoneOffset.UTC)))));
    }

    private <T> T work(Function<SqlConnection, Uni<T>> work) {
        try {
            return subscribeAndAwait(() -> db.acrossTenants("test", work));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
