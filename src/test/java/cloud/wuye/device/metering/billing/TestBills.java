package cloud.wuye.device.metering.billing;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/** Bills for tests elsewhere. */
@ApplicationScoped
public class TestBills {
    private final PostpaidMeters accounts;
    private final RunBilling billing;

    TestBills(PostpaidMeters accounts, RunBilling billing) {
        this.accounts = accounts;
        this.billing = billing;
    }

    /** A bill over 7.00 of a meter of its own. */
    public UUID issued(TestTenant company) {
        return issued(company, null);
    }

    /** The same, which this resident is asked to pay. */
    public UUID issued(TestTenant company, UUID customer) {
        UUID meter = accounts.meter(company, Commodity.ELECTRICITY);
        UUID plan = accounts.plan(
                company, Commodity.ELECTRICITY, LocalDate.now(ZoneOffset.UTC).minusDays(20), "0.6", "0.1");
        Instant now = Instant.now();
        accounts.read(company, meter, now.minus(Duration.ofDays(1)), "0");
        accounts.open(company, meter, Commodity.ELECTRICITY, plan, BillingMode.POSTPAID, customer);
        accounts.read(company, meter, now.minus(Duration.ofMinutes(10)), "10");
        Graph manager = Graph.as(company.manager());
        manager.ask("mutation{setBillingPeriod(input:{commodity:ELECTRICITY cutDay:1 dueDays:15}){version}}");
        manager.ask("mutation{runBilling(input:{commodity:ELECTRICITY deviceIds:[\"" + meter + "\"] clientKey:\""
                + Ids.next() + "\"}){id}}");
        tick();
        return UUID.fromString(manager.ask("{meterBills(filter:{deviceId:\"" + meter + "\"}){nodes{id}}}")
                .getString("meterBills.nodes[0].id"));
    }

    /** What the ticker does. */
    public void tick() {
        try {
            subscribeAndAwait(billing::now);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
