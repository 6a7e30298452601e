package cloud.wuye.device.metering.account;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.device.metering.MeterRegister;
import cloud.wuye.device.metering.ReadingOrigin;
import cloud.wuye.device.metering.RecordReadings;
import cloud.wuye.device.metering.RegisterReading;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MeterAccountTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z"); // in Shanghai
    private static final String OPEN =
            "mutation($d:ID!,$t:MeterTermsInput!){a:openMeterAccount(deviceId:$d terms:$t){pointId deviceId commodity mode"
                    + " authority unit overdraftLimit keepSupply lowLevels version credit chargedUntil unpricedSince}}";
    private static final String ACCOUNT =
            "query($d:ID!){device(id:$d){account{pointId version credit chargedUntil unpricedSince}}}";

    @Inject
    Db db;

    @Inject
    RecordReadings recordReadings;

    @Inject
    RerateUsage rerate;

    @Inject
    PostUsage post;

    @Inject
    TestCredits credits;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph finance;
    private Graph manager;

    @BeforeEach
    void freshCompany() {
        clock.set(NOON);
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
        manager = Graph.as(company.manager());
    }

    @AfterEach
    void clock() {
        clock.reset();
    }

    @Test
    void usageIsChargedWithTheReadingAndEveryLineSaysWhy() throws Throwable {
        String meter = register("M1");
        read(meter, 60, "100");
        JsonPath opened = finance.ask(OPEN, "d", meter, "t", terms(flat("0.6", "0.05")));
        assertEquals("0.000000", opened.getString("a.credit"));
        assertEquals(List.of("20.000000", "5.000000"), opened.getList("a.lowLevels"));
        assertEquals("2026-11-20T03:00:00Z", opened.getString("a.chargedUntil"));
        topUp(meter);

        read(meter, 30, "104");

        JsonPath account = finance.ask(ACCOUNT, "d", meter);
        assertEquals("7.400000", account.getString("device.account.credit"));
        JsonPath lines = finance.ask(
                "query($p:ID!){ratedUsageLines(filter:{pointId:$p}){nodes{since until quantity energyPrice servicePrice"
                        + " energyAmount serviceAmount revision tier period takenBack}}}",
                "p",
                meter);
        assertEquals(1, lines.getList("ratedUsageLines.nodes").size());
        assertEquals("2.400000", lines.getString("ratedUsageLines.nodes[0].energyAmount"));
        assertEquals("0.200000", lines.getString("ratedUsageLines.nodes[0].serviceAmount"));
        assertEquals("4.0000", lines.getString("ratedUsageLines.nodes[0].quantity"));
    }

    @Test
    void aLateReadingMovesWhatWasChargedOnlyWhereThePriceDiffers() throws Throwable {
        String meter = register("M1");
        read(meter, 240, "0");
        // Noon in Shanghai is peak from eleven on; before that it is valley.
        String plan = timeOfUse();
        finance.ask(OPEN, "d", meter, "t", terms(plan));
        read(meter, 0, "8");
        assertEquals("-5.000000", credit(meter)); // 3 h valley at 0.5 and 1 h peak at 1.0, spread evenly

        read(meter, 60, "2");
        assertEquals(1, chargeAnew());

        assertEquals("-7.000000", credit(meter)); // 2 in the valley, 6 in the peak
        JsonPath corrections = finance.ask(
                "query($p:ID!){ratedUsageLines(filter:{pointId:$p corrections:true}){nodes{takenBack quantity}}}",
                "p",
                meter);
        assertEquals(4, corrections.getList("ratedUsageLines.nodes").size());
        read(meter, 60, "2");
        assertEquals(0, chargeAnew());
    }

    @Test
    void withoutAPriceUsageWaitsAndIsChargedWhenThereIsOne() throws Throwable {
        String meter = register("M1");
        read(meter, 120, "0");
        String plan = plan();
        finance.ask(OPEN, "d", meter, "t", terms(plan));
        read(meter, 60, "3");
        chargeAnew();
        assertEquals("0.000000", credit(meter));
        assertEquals(
                "2026-11-20T02:00:00Z", finance.ask(ACCOUNT, "d", meter).getString("device.account.unpricedSince"));

        publish(plan, "basis: FLAT rates:[{energyPrice:\"1\"}]");
        subscribeAndAwait(rerate::nowPriced);
        chargeAnew();

        assertEquals("-3.000000", credit(meter));
        assertNull(finance.ask(ACCOUNT, "d", meter).getString("device.account.unpricedSince"));
    }

    @Test
    void anAccountGoesOnWhenItsMeterIsReplaced() throws Throwable {
        String old = register("OLD");
        String next = register("NEW");
        read(old, 120, "500");
        finance.ask(OPEN, "d", old, "t", terms(flat("1", "0")));
        topUp(old);
        read(old, 90, "503");
        manager.ask(
                "mutation($o:ID!,$n:ID!,$at:DateTime!){replaceMeter(deviceId:$o replacementId:$n removal:{at:$at register:\"504\"}"
                        + " fitting:{register:\"10\"}){id}}",
                "o",
                old,
                "n",
                next,
                "at",
                NOON.minus(Duration.ofHours(1)).toString());
        read(next, 30, "12");
        chargeAnew();

        JsonPath account = finance.ask(ACCOUNT, "d", next);
        assertEquals(old, account.getString("device.account.pointId"));
        assertEquals("4.000000", account.getString("device.account.credit")); // 10 − 3 − 1 − 2
        assertNull(finance.ask(ACCOUNT, "d", old).getString("device.account"));
    }

    /** Taken down in the evening, another put up the next morning: what it uses belongs to the new month alone. */
    @Test
    void tiersBeginAnewWhereThereWasNoMeterAtTheMonthsEnd() throws Throwable {
        Instant december = Instant.parse("2026-11-30T16:00:00Z");
        clock.set(december.plus(Duration.ofHours(10)));
        String old = register("OLD");
        String next = register("NEW");
        read(old, december.minus(Duration.ofHours(9)), "500");
        String plan = plan();
        publish(
                plan,
                "basis: FLAT tiers:{reset:MONTH upTo:[\"100\"]} rates:[{tier:1 energyPrice:\"1\"},{tier:2 energyPrice:\"2\"}]");
        finance.ask(OPEN, "d", old, "t", terms(plan));
        read(old, december.minus(Duration.ofHours(4)), "590");
        manager.ask(
                "mutation($d:ID!,$at:DateTime!){removeMeter(deviceId:$d removal:{at:$at register:\"590\"}){id}}",
                "d",
                old,
                "at",
                december.minus(Duration.ofHours(1)).toString());
        manager.ask(
                "mutation($d:ID!,$p:ID!,$at:DateTime!){installMeter(deviceId:$d servicePointId:$p fitting:{at:$at register:\"10\"}){id}}",
                "d",
                next,
                "p",
                old,
                "at",
                december.plus(Duration.ofHours(8)).toString());
        chargeAnew();
        read(next, december.plus(Duration.ofHours(9)), "40");
        chargeAnew();

        assertEquals("-120.000000", credit(next));
    }

    @Test
    void theJournalIsToldOfUsageInSumsAndAgreesWithCredit() throws Throwable {
        String meter = register("M1");
        read(meter, 180, "0");
        finance.ask(OPEN, "d", meter, "t", terms(flat("0.333333", "0.1")));
        read(meter, 120, "1.2345");
        read(meter, 60, "3.0001");

        subscribeAndAwait(() -> post.all(Duration.ZERO));
        read(meter, 0, "7");
        subscribeAndAwait(() -> post.all(Duration.ZERO));
        subscribeAndAwait(() -> post.all(Duration.ZERO));

        assertEquals(
                credit(meter),
                new BigDecimal(balance("CUSTOMER_CREDIT")).negate().toPlainString());
        assertEquals("-0.700000", balance("SERVICE_FEE"));
    }

    @Test
    void creditInKilowattHoursIsWorthWhatWasPaidForIt() throws Throwable {
        String meter = register("M1");
        read(meter, 180, "0");
        Map<String, Object> terms = Map.of("mode", "PREPAID", "unit", "QUANTITY", "planId", flat("2", "0"));
        finance.ask(OPEN, "d", meter, "t", terms);
        topUp(meter); // 10 kWh for 10 yuan
        read(meter, 120, "4");
        subscribeAndAwait(() -> post.all(Duration.ZERO));
        assertEquals("6.000000", credit(meter));
        assertEquals("-4.000000", balance("REVENUE_ELECTRICITY"));

        read(meter, 60, "11"); // 6 for the rest of what was paid, 1 beyond it at 2

        subscribeAndAwait(() -> post.all(Duration.ZERO));
        assertEquals("-1.000000", credit(meter));
        assertEquals("-12.000000", balance("REVENUE_ELECTRICITY"));
        assertEquals("-11.000000", balance("ENERGY_USED"));
    }

    @Test
    void termsThatDoNotGoTogetherAreRefused() throws Throwable {
        String meter = register("M1");
        String plan = flat("1", "0");
        refused("ACCOUNT_TERMS", meter, Map.of("mode", "POSTPAID", "unit", "QUANTITY", "planId", plan));
        refused("ACCOUNT_TERMS", meter, Map.of("mode", "PREPAID", "authority", "METER", "planId", plan));
        refused("ACCOUNT_TERMS", meter, Map.of("mode", "PREPAID", "unit", "QUANTITY", "planId", timeOfUse()));
        refused(
                "NOT_FOUND",
                meter,
                Map.of("mode", "PREPAID", "planId", Ids.next().toString()));
        refused("NOT_FOUND", Ids.next().toString(), terms(plan));
        finance.ask(OPEN, "d", meter, "t", terms(plan));
        refused("ACCOUNT_OPEN", meter, terms(plan));
        String change =
                "mutation($d:ID!,$t:MeterTermsInput!,$v:Int!){changeMeterTerms(deviceId:$d terms:$t version:$v){version}}";
        finance.refused("STALE", change, "d", meter, "t", terms(plan), "v", 7);
        finance.refused("ACCOUNT_TERMS", change, "d", meter, "t", Map.of("mode", "POSTPAID", "planId", plan), "v", 0);
        Graph.as(company.technician()).refused("FORBIDDEN", OPEN, "d", meter, "t", terms(plan));
    }

    @Test
    void anAccountIsClosedWhenNothingIsLeft() throws Throwable {
        String meter = register("M1");
        read(meter, 180, "0");
        finance.ask(OPEN, "d", meter, "t", terms(flat("1", "0")));
        topUp(meter);
        String close = "mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"moved out\"){closedAt}}";
        finance.refused("CREDIT_NOT_SETTLED", close, "d", meter);
        read(meter, 60, "10");

        assertEquals(NOON.toString(), finance.ask(close, "d", meter).getString("closeMeterAccount.closedAt"));

        read(meter, 0, "20");
        assertEquals(0, chargeAnew());
        assertEquals(
                "0.000000",
                finance.ask("{meterAccounts{nodes{credit closedAt}}}").getString("meterAccounts.nodes[0].credit"));
        finance.ask(OPEN, "d", meter, "t", terms(flat("1", "0")));
        assertEquals("0.000000", credit(meter));
    }

    /** What was used before it was closed is in the books, whatever the account is from then on. */
    @Test
    void theJournalIsToldOfUsageBeforeAnAccountIsClosed() throws Throwable {
        String meter = register("M1");
        read(meter, 180, "0");
        String plan = flat("1", "0");
        finance.ask(OPEN, "d", meter, "t", terms(plan));
        topUp(meter);
        read(meter, 60, "10");
        finance.ask("mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"moved out\"){closedAt}}", "d", meter);
        finance.ask(OPEN, "d", meter, "t", Map.of("mode", "POSTPAID", "planId", plan));

        subscribeAndAwait(() -> post.all(Duration.ZERO));

        assertEquals("-10.000000", balance("REVENUE_ELECTRICITY"));
    }

    private void refused(String code, String meter, Map<String, Object> terms) {
        finance.refused(code, OPEN, "d", meter, "t", terms);
    }

    private String balance(String kind) {
        clock.set(clock.now().plusSeconds(1)); // what is posted at this instant stands in the books after it
        return finance.ask("{trialBalance{rows{kind balance}}}")
                .getString("trialBalance.rows.find{it.kind=='" + kind + "'}.balance");
    }

    private String credit(String meter) {
        return finance.ask(ACCOUNT, "d", meter).getString("device.account.credit");
    }

    private int chargeAnew() throws Throwable {
        UUID tenant = company.id();
        List<UUID> due = subscribeAndAwait(() -> db.forTenantSql(tenant, tx -> tx.query(
                        "SELECT point_id FROM meter_balance WHERE rerate_from IS NOT NULL AND plan_id IS NOT NULL")
                .execute()
                .map(rows -> {
                    List<UUID> points = new java.util.ArrayList<>();
                    rows.forEach(row -> points.add(row.getUUID(0)));
                    return points;
                })));
        for (UUID point : due) {
            subscribeAndAwait(() -> db.acrossTenants("test", tx -> rerate.account(tx, tenant, point)));
        }
        return due.size();
    }

    private void topUp(String meter) {
        credits.topUp(company.id(), UUID.fromString(meter), null);
    }

    private Map<String, Object> terms(String plan) {
        return Map.of("mode", "PREPAID", "planId", plan);
    }

    private String flat(String energy, String service) {
        String plan = plan();
        publish(plan, "basis: FLAT servicePrice:\"" + service + "\" rates:[{energyPrice:\"" + energy + "\"}]");
        return plan;
    }

    private String timeOfUse() {
        String plan = plan();
        publish(
                plan,
                "basis: TIME_OF_USE rates:[{period:PEAK energyPrice:\"1\"},{period:VALLEY energyPrice:\"0.5\"}]"
                        + " seasons:[{name:\"year\" from:\"01-01\" to:\"12-31\" days:[{kinds:[WEEKDAY,WEEKEND,HOLIDAY]"
                        + " hours:[{from:\"11:00\" to:\"23:00\" period:PEAK},{from:\"23:00\" to:\"11:00\" period:VALLEY}]}]}]");
        return plan;
    }

    private String plan() {
        return manager.ask(
                        "mutation($n:String!){createTariffPlan(input:{name:$n commodity:ELECTRICITY}){id}}",
                        "n",
                        Ids.next().toString())
                .getString("createTariffPlan.id");
    }

    private void publish(String plan, String prices) {
        String version = manager.ask("mutation{draftTariffVersion(planId:\"" + plan
                        + "\" input:{validFrom:\"2026-10-01\" " + prices + "}){id}}")
                .getString("draftTariffVersion.id");
        manager.ask("mutation($v:ID!){publishTariffVersion(id:$v version:0){id}}", "v", version);
    }

    private String register(String serial) {
        return Graph.as(company.technician())
                .ask(
                        "mutation($input:DeviceInput!){r:registerDevice(input:$input){device{id}}}",
                        "input",
                        Map.of("kind", "ELECTRICITY_METER", "serialNo", serial))
                .getString("r.device.id");
    }

    private void read(String meter, int minutesAgo, String value) throws Throwable {
        read(meter, NOON.minus(Duration.ofMinutes(minutesAgo)), value);
    }

    private void read(String meter, Instant at, String value) throws Throwable {
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
        subscribeAndAwait(() -> db.acrossTenants("test", tx -> recordReadings.store(tx, List.of(reading))));
    }
}
