package cloud.wuye.device.metering.account;

import cloud.wuye.device.metering.MeterRegister;
import cloud.wuye.device.metering.ReadingOrigin;
import cloud.wuye.device.metering.RegisterReading;
import cloud.wuye.device.metering.TestMeters;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Electricity meters, prices of any shape, and how their accounts stand, as people are shown it. */
@ApplicationScoped
class PrepaidMeters {
    static final String OPEN =
            "mutation($d:ID!,$t:MeterTermsInput!){a:openMeterAccount(deviceId:$d terms:$t){pointId deviceId commodity mode"
                    + " authority unit overdraftLimit keepSupply lowLevels version credit chargedUntil unpricedSince}}";
    static final String ACCOUNT =
            "query($d:ID!){device(id:$d){account{pointId version credit chargedUntil unpricedSince}}}";

    private final Db db;
    private final TestMeters meters;
    private final RerateUsage rerate;
    private final PostUsage post;
    private final TestCredits credits;
    private final Clock clock;

    PrepaidMeters(Db db, TestMeters meters, RerateUsage rerate, PostUsage post, TestCredits credits, Clock clock) {
        this.db = db;
        this.meters = meters;
        this.rerate = rerate;
        this.post = post;
        this.credits = credits;
        this.clock = clock;
    }

    /** A new meter; its id. */
    String register(TestTenant company, String serial) {
        return meters.register(company, serial);
    }

    /** The usual terms. */
    static Map<String, Object> terms(String plan) {
        return Map.of("mode", "PREPAID", "planId", plan);
    }

    /** A plan of one price, in force for long. */
    String flat(TestTenant company, String energy, String service) {
        String plan = plan(company);
        publish(company, plan, "basis: FLAT servicePrice:\"" + service + "\" rates:[{energyPrice:\"" + energy + "\"}]");
        return plan;
    }

    /** A plan that is dear from eleven in the morning to eleven at night, in force for long. */
    String timeOfUse(TestTenant company) {
        String plan = plan(company);
        publish(
                company,
                plan,
                "basis: TIME_OF_USE rates:[{period:PEAK energyPrice:\"1\"},{period:VALLEY energyPrice:\"0.5\"}]"
                        + " seasons:[{name:\"year\" from:\"01-01\" to:\"12-31\" days:[{kinds:[WEEKDAY,WEEKEND,HOLIDAY]"
                        + " hours:[{from:\"11:00\" to:\"23:00\" period:PEAK},{from:\"23:00\" to:\"11:00\" period:VALLEY}]}]}]");
        return plan;
    }

    /** A plan without prices. */
    String plan(TestTenant company) {
        return Graph.as(company.manager())
                .ask(
                        "mutation($n:String!){createTariffPlan(input:{name:$n commodity:ELECTRICITY}){id}}",
                        "n",
                        Ids.next().toString())
                .getString("createTariffPlan.id");
    }

    /** Gives a plan these prices. */
    void publish(TestTenant company, String plan, String prices) {
        String version = Graph.as(company.manager())
                .ask("mutation{draftTariffVersion(planId:\"" + plan + "\" input:{validFrom:\"2026-10-01\" " + prices
                        + "}){id}}")
                .getString("draftTariffVersion.id");
        Graph.as(company.manager()).ask("mutation($v:ID!){publishTariffVersion(id:$v version:0){id}}", "v", version);
    }

    /** What a meter's total counter showed at that time; the same message however often it is said. */
    void read(TestTenant company, String meter, Instant at, String value) {
        RegisterReading reading = new RegisterReading(
                company.id(),
                UUID.fromString(meter),
                MeterRegister.TOTAL,
                new UUID(UUID.fromString(meter).getMostSignificantBits(), at.getEpochSecond()),
                new BigDecimal(value),
                at,
                at,
                at,
                false,
                ReadingOrigin.PUSHED,
                null);
        meters.store(List.of(reading));
    }

    /** Tells the journal what was used. */
    void post() {
        Work.run(post.all(Duration.ZERO));
    }

    /** Sees whether there is a price by now for usage that had none. */
    void price() {
        Work.run(rerate.nowPriced());
    }

    /** Ten of the account's unit. */
    void topUp(TestTenant company, String meter) {
        credits.topUp(company.id(), UUID.fromString(meter), null);
    }

    String credit(TestTenant company, String meter) {
        return Graph.as(company.finance()).ask(ACCOUNT, "d", meter).getString("device.account.credit");
    }

    String balance(TestTenant company, String kind) {
        clock.set(clock.now().plusSeconds(1)); // what is posted at this instant stands in the books after it
        return Graph.as(company.finance())
                .ask("{trialBalance{rows{kind balance}}}")
                .getString("trialBalance.rows.find{it.kind=='" + kind + "'}.balance");
    }

    /** Charges anew whatever account waits for it; how many those were. */
    int chargeAnew(TestTenant company) {
        UUID tenant = company.id();
        List<UUID> due = Work.run(db.forTenantSql(tenant, tx -> tx.query(
                        "SELECT point_id FROM meter_balance WHERE rerate_from IS NOT NULL AND plan_id IS NOT NULL")
                .execute()
                .map(rows -> {
                    List<UUID> points = new java.util.ArrayList<>();
                    rows.forEach(row -> points.add(row.getUUID(0)));
                    return points;
                })));
        for (UUID point : due) {
            Work.run(db.acrossTenants("test", tx -> rerate.account(tx, tenant, point)));
        }
        return due.size();
    }
}
