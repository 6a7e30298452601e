package cloud.wuye.device.metering.cutoff;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credit that falls, and what the judge makes of it, at set times. */
@QuarkusTest
class CutOffTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final String BALANCE =
            "query($d:ID!){device(id:$d){balance{credit state overdraftUsed emergencyTaken emergencyUsed arrears pendingFen paidFen"
                    + " lowLevel sparedFor sparedUntil heldSince} supply{desired holds{reason}}}}";

    @Inject
    TestDevices devices;

    @Inject
    TestAccounts accounts;

    @Inject
    JudgeCredit judge;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph manager;
    private String plan;

    @BeforeEach
    void company() {
        company = TestTenants.fresh();
        manager = Graph.as(company.manager());
        at("2026-11-25T10:00"); // a Wednesday
        plan = accounts.plan(company, Commodity.ELECTRICITY, "0.6");
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void eachLevelIsToldOnceAndAgainAfterATopUp() {
        UUID meter = meter(Terms.usual(), "25");
        use(meter, "6");
        use(meter, "0.5");
        adjust(meter, "2");
        use(meter, "2");
        adjust(meter, "10");
        use(meter, "15");
        use(meter, "5");
        use(meter, "4");
        assertEquals(List.of("LOW_CREDIT|20|19", "LOW_CREDIT|20|13.5", "LOW_CREDIT|5|4.5"), events(meter));
    }

    @Test
    void usedUpAtNightItIsSparedUntilTheMorningAndHeldThen() {
        UUID meter = meter(Terms.usual(), "1");
        at("2026-11-25T20:00");
        judged();
        at("2026-11-26T02:00");
        read(meter);
        use(meter, "2");
        assertEquals("SPARED", balance(meter, "state"));
        assertEquals("QUIET_TIME", balance(meter, "sparedFor"));
        assertEquals(instant("2026-11-26T08:00").toString(), balance(meter, "sparedUntil"));
        use(meter, "1");
        at("2026-11-26T07:59:59");
        judged();
        assertEquals("ON", desired(meter));
        at("2026-11-26T08:00");
        judged();
        assertEquals("OFF", desired(meter));
        assertEquals("HELD", balance(meter, "state"));
        assertEquals(
                List.of("SPARE|QUIET_TIME", "HOLD|null"),
                devices.rows("SELECT outcome, reason FROM cut_off_decision WHERE device_id = ? ORDER BY at", meter),
                "looked at when it begins and when it ends, and not between");
        assertTrue(devices.one(
                        "SELECT inputs->>'credit' FROM cut_off_decision WHERE device_id = ? AND outcome = 'HOLD'",
                        meter)
                .startsWith("-2"));
    }

    @Test
    void overdraftIsUsedFirstAndPaidBackSupplyReturnsAtOnce() {
        UUID meter = meter(Terms.usual().limits("5", "0"), "1");
        use(meter, "6");
        assertEquals("OVERDRAWN", balance(meter, "state"));
        assertEquals("5.000000", balance(meter, "overdraftUsed"));
        use(meter, "0.01");
        assertEquals("OFF", desired(meter));
        adjust(meter, "0.01");
        assertEquals("ON", desired(meter));
        assertEquals(
                List.of("LOW_CREDIT|20|1", "LOW_CREDIT|5|1", "EXHAUSTED|0|-5", "HELD|null|-5.01", "RESTORED|null|-5"),
                events(meter));
    }

    @Test
    void keptAccountIsNeverHeld() {
        UUID meter = meter(Terms.usual().keptSupplied(), "1");
        use(meter, "500");
        assertEquals("ON", desired(meter));
        assertEquals("KEEP_SUPPLY", balance(meter, "sparedFor"));
        assertNull(devices.one("SELECT 1 FROM supply_hold WHERE device_id = ?", meter));
    }

    @Test
    void meterThatIsNotReadIsSparedUntilItIs() {
        UUID meter = meter(Terms.usual(), "1");
        devices.run(
                "UPDATE meter_state SET base_at = ? WHERE device_id = ?",
                Timestamp.from(clock.now().minus(Duration.ofHours(25))),
                meter);
        use(meter, "2");
        assertEquals("NO_FRESH_READING", balance(meter, "sparedFor"));
        read(meter);
        use(meter, "0.1");
        assertEquals("OFF", desired(meter), "the reading itself calls the judge");
    }

    @Test
    void doubtedDataSpares() {
        UUID meter = meter(Terms.usual(), "1");
        devices.run("UPDATE meter_balance SET rerate_from = now() WHERE device_id = ?", meter);
        use(meter, "2");
        assertEquals("CHARGE_PENDING", balance(meter, "sparedFor"));
        devices.run("UPDATE meter_balance SET rerate_from = NULL WHERE device_id = ?", meter);
        devices.run("UPDATE meter_state SET suspect_since = now() WHERE device_id = ?", meter);
        later(Duration.ofMinutes(1));
        judged();
        assertEquals("ANOMALY", balance(meter, "sparedFor"));
        devices.run("UPDATE meter_state SET suspect_since = NULL WHERE device_id = ?", meter);
        later(Duration.ofMinutes(10));
        judged();
        assertEquals("OFF", desired(meter));
    }

    @Test
    void whoIsAboutToPayIsSparedButNotForEver() {
        UUID meter = meter(Terms.usual(), "1");
        String first = order(meter);
        use(meter, "2");
        assertEquals("PAYMENT_PENDING", balance(meter, "sparedFor"));
        assertEquals("5000", balance(meter, "pendingFen"));
        later(Duration.ofMinutes(30));
        String second = order(meter);
        judged();
        assertEquals("ON", desired(meter));
        close(first);
        close(second);
        later(Duration.ofMinutes(30));
        order(meter);
        judged();
        assertEquals("OFF", desired(meter), "orders that nobody pays");
    }

    @Test
    void buildingGoesDarkSlowly() {
        policy("usual:true mostPerHour:2");
        String building = manager.ask("mutation{s:createSpace(input:{kind:\"BUILDING\" name:\"A\"}){id}}")
                .getString("s.id");
        String unit = manager.ask(
                        "mutation($p:ID){s:createSpace(input:{kind:\"UNIT\" name:\"1\" parentId:$p}){id}}",
                        "p",
                        building)
                .getString("s.id");
        List<UUID> meters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            UUID meter = meter(Terms.usual(), "1");
            devices.run(
                    "UPDATE device SET space_id = ? WHERE id = ?", UUID.fromString(i == 0 ? building : unit), meter);
            meters.add(meter);
        }
        UUID elsewhere = meter(Terms.usual(), "1");
        meters.forEach(meter -> accounts.use(company, meter, "2"));
        accounts.use(company, elsewhere, "2");
        judged();
        assertEquals(
                2, meters.stream().filter(meter -> desired(meter).equals("OFF")).count());
        assertEquals("OFF", desired(elsewhere));
        UUID third = meters.stream()
                .filter(meter -> desired(meter).equals("ON"))
                .findFirst()
                .orElseThrow();
        assertEquals("TOO_MANY_AT_ONCE", balance(third, "sparedFor"));
        later(Duration.ofMinutes(61));
        judged();
        assertEquals("OFF", desired(third));
    }

    @Test
    void emergencyCreditIsTakenOnceUntilItIsRepaid() {
        UUID meter = meter(Terms.usual().limits("0", "10"), "1");
        manager.refused(
                "EMERGENCY_CREDIT", "mutation($d:ID!){takeEmergencyCredit(deviceId:$d){state}}", "d", meter.toString());
        use(meter, "2");
        assertEquals("OFF", desired(meter));
        assertEquals("OVERDRAWN", emergency(meter).getString("b.state"));
        assertEquals("ON", desired(meter));
        assertEquals("1.000000", balance(meter, "emergencyUsed"));
        manager.refused(
                "EMERGENCY_CREDIT", "mutation($d:ID!){takeEmergencyCredit(deviceId:$d){state}}", "d", meter.toString());
        use(meter, "9.5");
        assertEquals("OFF", desired(meter));
        adjust(meter, "10");
        assertEquals("ON", desired(meter), "back within emergency credit");
        adjust(meter, "5");
        assertEquals("false", balance(meter, "emergencyTaken"), "repaid");
        use(meter, "6");
        assertEquals("OFF", desired(meter));
        emergency(meter);
        assertEquals("ON", desired(meter));
    }

    @Test
    void wherePeopleGiveSupplyBackPaymentAloneDoesNot() {
        policy("usual:true autoReconnect:false");
        UUID meter = meter(Terms.usual(), "1");
        use(meter, "2");
        String reconnect = "mutation($d:ID!){b:reconnectMeter(deviceId:$d reason:\"looked\"){state}}";
        Graph.as(company.technician()).refused("STILL_IN_ARREARS", reconnect, "d", meter.toString());
        adjust(meter, "50");
        assertEquals("OFF", desired(meter));
        assertEquals(
                "GOOD",
                Graph.as(company.technician())
                        .ask(reconnect, "d", meter.toString())
                        .getString("b.state"));
        assertEquals("ON", desired(meter));
    }

    @Test
    void paidMeterThatIsForcedOffStaysOff() {
        UUID meter = meter(Terms.usual(), "1");
        use(meter, "2");
        manager.ask(
                "mutation($d:[ID!]!){forceOff(deviceIds:$d reason:\"water\"){desired}}",
                "d",
                List.of(meter.toString()));
        adjust(meter, "50");
        JsonPath now = manager.ask(BALANCE, "d", meter.toString());
        assertEquals("OFF", now.getString("device.supply.desired"));
        assertEquals(List.of("MANUAL"), now.getList("device.supply.holds.reason"));
    }

    @Test
    void holidayIsQuietAndAChangedCalendarIsObeyedAtOnce() {
        JsonPath calendar = manager.ask(
                "mutation{c:createHolidayCalendar(input:{name:\"CN\" daysOff:[\"2026-11-26\"] workingDays:[]}){id version}}");
        at("2026-11-26T10:00");
        UUID meter = meter(Terms.usual(), "1");
        use(meter, "2");
        assertEquals(instant("2026-11-27T08:00").toString(), balance(meter, "sparedUntil"));
        manager.ask(
                "mutation($i:ID!,$v:Int!){changeHolidayCalendar(id:$i version:$v input:{name:\"CN\" daysOff:[] workingDays:[]}){id}}",
                "i",
                calendar.getString("c.id"),
                "v",
                calendar.getInt("c.version"));
        judged();
        assertEquals("OFF", desired(meter));
    }

    @Test
    void policyOfTheCompanyMaySayOtherwise() {
        at("2026-11-26T02:00");
        UUID meter = meter(Terms.usual(), "1");
        use(meter, "2");
        assertEquals("ON", desired(meter));
        JsonPath policy = policy("usual:true quietHours:[{from:\"22:00\",to:\"01:30\"}] spareWeekends:false");
        judged();
        assertEquals("OFF", desired(meter));
        manager.refused(
                "STALE",
                "mutation($i:ID!){changeCutOffPolicy(id:$i version:7 input:{name:\"x\"}){id}}",
                "i",
                policy.getString("p.id"));
        manager.refused(
                "VALIDATION",
                "mutation{createCutOffPolicy(input:{name:\"y\" quietHours:[{from:\"25:00\",to:\"01:00\"}]}){id}}");
        policy("usual:true");
        assertEquals(
                List.of("false", "true"),
                manager.ask("{p:cutOffPolicies{nodes{usual}}}").getList("p.nodes.usual").stream()
                        .map(String::valueOf)
                        .sorted()
                        .toList(),
                "one is the usual one");
    }

    @Test
    void twoJudgesShareTheWorkAndDoItOnce() throws Throwable {
        policy("usual:true mostPerHour:10000");
        List<UUID> meters = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            UUID meter = meter(Terms.usual(), "1");
            accounts.use(company, meter, "2");
            meters.add(meter);
        }
        subscribeAndAwait(() ->
                Uni.combine().all().unis(judge.now(), judge.now(), judge.now()).discardItems());
        judged();
        assertEquals(
                "25",
                devices.one(
                        "SELECT count(*) FROM supply_hold WHERE tenant_id = ? AND reason = 'ARREARS'", company.id()));
        assertEquals(
                "25",
                devices.one("SELECT count(*) FROM credit_event WHERE tenant_id = ? AND kind = 'HELD'", company.id()));
        assertEquals(
                "0",
                devices.one(
                        "SELECT count(*) FROM meter_balance WHERE tenant_id = ? AND look_at IS NOT NULL",
                        company.id()));
    }

    @Test
    void balanceTellsWhatComesNext() {
        UUID meter = meter(Terms.usual().limits("2", "0"), "25");
        for (int day = 1; day <= 7; day++) {
            devices.run(
                    "INSERT INTO consumption_day (tenant_id, device_id, register, service_point_id, day, quantity, covered_us, readings)"
                            + " VALUES (?, ?, 'TOTAL', ?, ?::date, 10, 86400000000, 96)",
                    company.id(),
                    meter,
                    meter,
                    "2026-11-" + (17 + day));
        }
        String next = "query($d:ID!){device(id:$d){balance{usedPerDay lowLevel lowAt limitAt cutOffAt}}}";
        assertNull(manager.ask(next, "d", meter.toString()).getString("device.balance.limitAt"), "no price of late");
        devices.run(
                "INSERT INTO rated_line (tenant_id, point_id, device_id, version_id, since, until, from_at, to_at, rated_at, revision, no,"
                        + " sign, tier, period, quantity, used_before, energy_price, service_price, energy_amount, service_amount)"
                        + " SELECT tenant_id, point_id, device_id, plan_id, charged_until - interval '1 hour', charged_until,"
                        + " charged_until - interval '1 hour', charged_until, now(), 0, 1, 1, 1, 'ALL_DAY', 4, 0, 0.5, 0.1, 2, 0.4"
                        + " FROM meter_balance WHERE point_id = ?",
                meter);
        JsonPath told = manager.ask(next, "d", meter.toString());
        assertEquals("6.0000", told.getString("device.balance.usedPerDay"), "10 kWh at 0.6");
        assertEquals("20.000000", told.getString("device.balance.lowLevel"));
        assertEquals(
                instant("2026-11-26T06:00").toString(), told.getString("device.balance.lowAt"), "5 yuan are 20 hours");
        assertEquals(
                instant("2026-11-29T22:00").toString(), told.getString("device.balance.limitAt"), "27 are 4.5 days");
        assertEquals(
                instant("2026-11-30T08:00").toString(), told.getString("device.balance.cutOffAt"), "a Sunday night");
    }

    @Test
    void whoLivesThereAndWhoPaysIsToldAndNobodyElse() {
        String building = manager.ask("mutation{s:createSpace(input:{kind:\"BUILDING\" name:\"A\"}){id}}")
                .getString("s.id");
        UUID zhang = resident("zhang");
        UUID liu = resident("liu");
        resident("wu");
        manager.ask(
                "mutation($s:ID!,$r:ID!){moveIn(input:{spaceId:$s residentId:$r role:LESSEE}){id}}",
                "s",
                building,
                "r",
                zhang.toString());
        UUID meter = meter(Terms.usual(), "25");
        devices.run("UPDATE device SET space_id = ?, name = '101' WHERE id = ?", UUID.fromString(building), meter);
        devices.run("UPDATE meter_account SET customer_id = ? WHERE device_id = ?", liu, meter);
        use(meter, "6");
        use(meter, "0.5");
        use(meter, "20");
        adjust(meter, "50");
        List<String> all = List.of("SUPPLY_RESTORED", "SUPPLY_HELD", "CREDIT_LOW");
        await().until(() -> told("liu").getList("m.nodes.code").size() == 3);
        assertEquals(Set.copyOf(all), Set.copyOf(told("liu").getList("m.nodes.code")));
        // Who moved in was told of that as well.
        await().until(() -> told("zhang").getList("m.nodes.code").size() == 4);
        assertTrue(told("zhang").getList("m.nodes.code").containsAll(all));
        assertTrue(told("liu").getList("m.nodes.body.zh").contains("101 余额仅剩 19，请及时充值"));
        assertEquals(List.of(), told("wu").getList("m.nodes.code"));
    }

    private JsonPath told(String username) {
        return Graph.as(company.resident(username)).ask("{m:myMessages{nodes{code body{zh}}}}");
    }

    private UUID resident(String username) {
        UUID id = Ids.next();
        devices.run(
                "INSERT INTO resident (id, tenant_id, name, kind, state, username, subject, created_at)"
                        + " VALUES (?, ?, ?, 'MEMBER', 'ACTIVE', ?, ?, now())",
                id,
                company.id(),
                username,
                username,
                company.subject(username));
        return id;
    }

    private UUID meter(Terms terms, String credit) {
        UUID meter = devices.device(company.id(), "emeter", "em-" + Long.toString(System.nanoTime(), 36), null);
        devices.run("UPDATE device SET lifecycle = 'ACTIVE' WHERE id = ?", meter);
        devices.run(
                "INSERT INTO meter_state (tenant_id, device_id, register, service_point_id, capacity, max_per_hour, zone, base_at,"
                        + " base_value, newest_at) VALUES (?, ?, 'TOTAL', ?, 1000000, 100, 'Asia/Shanghai', ?, 0, ?)",
                company.id(),
                meter,
                meter,
                Timestamp.from(clock.now()),
                Timestamp.from(clock.now()));
        accounts.open(company, meter, Commodity.ELECTRICITY, plan, terms);
        adjust(meter, credit);
        return meter;
    }

    private void read(UUID meter) {
        devices.run("UPDATE meter_state SET base_at = ? WHERE device_id = ?", Timestamp.from(clock.now()), meter);
    }

    private void use(UUID meter, String amount) {
        accounts.use(company, meter, amount);
        judged();
    }

    private void adjust(UUID meter, String amount) {
        accounts.adjust(company, meter, amount);
        judged();
    }

    private void judged() {
        try {
            subscribeAndAwait(judge::now);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private JsonPath emergency(UUID meter) {
        return manager.ask("mutation($d:ID!){b:takeEmergencyCredit(deviceId:$d){state}}", "d", meter.toString());
    }

    private JsonPath policy(String fields) {
        return manager.ask(
                "mutation($n:String!){p:createCutOffPolicy(input:{name:$n " + fields + "}){id version}}",
                "n",
                "P" + System.nanoTime());
    }

    private String order(UUID meter) {
        return manager.ask("mutation($d:ID!){t:topUpMeter(deviceId:$d amountFen:5000){orderId}}", "d", meter.toString())
                .getString("t.orderId");
    }

    private void close(String order) {
        manager.ask("mutation($i:ID!){closePaymentOrder(orderId:$i){state}}", "i", order);
    }

    private List<String> events(UUID meter) {
        return devices.rows(
                "SELECT kind, trim_scale(level), trim_scale(credit) FROM credit_event WHERE device_id = ? AND kind <> 'SPARED'"
                        + " ORDER BY left(id::text, 13), level DESC NULLS LAST",
                meter);
    }

    private String balance(UUID meter, String field) {
        return manager.ask(BALANCE, "d", meter.toString()).getString("device.balance." + field);
    }

    private String desired(UUID meter) {
        return manager.ask(BALANCE, "d", meter.toString()).getString("device.supply.desired");
    }

    private void later(Duration span) {
        clock.set(clock.now().plus(span));
    }

    private void at(String local) {
        clock.set(instant(local));
    }

    private static Instant instant(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }
}
