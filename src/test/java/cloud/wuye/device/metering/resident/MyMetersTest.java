package cloud.wuye.device.metering.resident;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Residents see what is theirs, pay for it, and meet a wall everywhere else. */
@QuarkusTest
class MyMetersTest {
    private static final String TOP_UP =
            "mutation($d:ID!,$k:String){t:topUpMyMeter(deviceId:$d amountFen:5000 clientKey:$k){orderId paidFen payerName status{zh}}}";
    private static final String PAY = "mutation($o:ID!){p:payMyTopUp(orderId:$o method:QR){qrCode inApp{appid}}}";

    @Inject
    TestDevices tables;

    private TestTenant company;
    private Graph finance;
    private String flat;
    private String mine;
    private String neighbours;

    @BeforeEach
    void twoFlats() {
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
        flat = space("101");
        String nextDoor = space("102");
        mine = meter("E-101", flat);
        neighbours = meter("E-102", nextDoor);
        moveIn(resident("sun"), flat);
        moveIn(resident("qian"), nextDoor);
    }

    @Test
    void residentsSeeTheirOwnMetersAndNoOthers() {
        JsonPath seen = sun().ask(
                        "{myMeters{meterNo kind spaceName mode unit credit lowLevel usedToday usedThisMonth supply heldFor register}}");
        assertEquals(List.of("E-101"), seen.getList("myMeters.meterNo"));
        assertEquals("101", seen.getString("myMeters[0].spaceName"));
        assertEquals("0.000000", seen.getString("myMeters[0].credit"));
        assertEquals("20.000000", seen.getString("myMeters[0].lowLevel"));
        finance.refused("FORBIDDEN", "{myMeters{id}}");
        Graph.as(company.resident("nobody")).refused("RESIDENT_UNKNOWN", "{myMeters{id}}");
        sun().refused("FORBIDDEN", "{meters{nodes{id}}}");
    }

    @Test
    void whoIsAskedToPayForAMeterSeesItWhereverItIs() {
        String zhao = resident("zhao");
        String version = finance.ask("query($d:ID!){device(id:$d){account{version planId}}}", "d", neighbours)
                .getString("device.account.version");
        String plan = finance.ask("query($d:ID!){device(id:$d){account{planId}}}", "d", neighbours)
                .getString("device.account.planId");
        finance.ask(
                "mutation($d:ID!,$t:MeterTermsInput!,$v:Int!){changeMeterTerms(deviceId:$d terms:$t version:$v){version}}",
                "d",
                neighbours,
                "t",
                Map.of("mode", "PREPAID", "planId", plan, "customerId", zhao),
                "v",
                Integer.valueOf(version));
        assertEquals(
                List.of("E-102"),
                Graph.as(company.resident("zhao")).ask("{myMeters{meterNo}}").getList("myMeters.meterNo"));
    }

    @Test
    void aResidentPaysAndTheMeterIsCreditedOnce() {
        SimulatedPayments channel = SimulatedPayments.fresh();
        channel.openFor(company.manager());
        JsonPath order = sun().ask(TOP_UP, "d", mine, "k", "click");
        assertEquals(5030, order.getInt("t.paidFen"));
        assertEquals("sun", order.getString("t.payerName"));
        String id = order.getString("t.orderId");
        assertEquals(id, sun().ask(TOP_UP, "d", mine, "k", "click").getString("t.orderId"));
        assertNotNull(sun().ask(PAY, "o", id).getString("p.qrCode"));
        String number = finance.ask("query($i:ID!){o:paymentOrder(id:$i){attempts{number}}}", "i", id)
                .getString("o.attempts[0].number");

        assertEquals(List.of(204), channel.pay(number));
        assertEquals(List.of(204), channel.tell(number));

        await().until(() -> "50.000000".equals(sun().ask("{myMeters{credit}}").getString("myMeters[0].credit")));
        JsonPath records = sun().ask("{myPaymentRecords{nodes{meterNo status{zh}}}}");
        assertEquals(List.of("E-101"), records.getList("myPaymentRecords.nodes.meterNo"));
        assertEquals("支付成功", records.getString("myPaymentRecords.nodes[0].status.zh"));
        assertEquals(
                List.of(),
                Graph.as(company.resident("qian"))
                        .ask("{myPaymentRecords{nodes{orderId}}}")
                        .getList("myPaymentRecords.nodes"));
    }

    @Test
    void whatIsTheNeighboursIsNotThere() {
        sun().refused("NOT_FOUND", TOP_UP, "d", neighbours);
        sun().refused("NOT_FOUND", "query($d:ID!){quoteMyTopUp(deviceId:$d amountFen:100){dueFen}}", "d", neighbours);
        String order =
                Graph.as(company.resident("qian")).ask(TOP_UP, "d", neighbours).getString("t.orderId");
        sun().refused("NOT_FOUND", PAY, "o", order);
    }

    @Test
    void whoHasMovedOutHasNothingLeftThere() {
        String stay = finance.ask("query($s:ID!){space(id:$s){occupants{id}}}", "s", flat)
                .getString("space.occupants[0].id");
        finance.ask("mutation($i:ID!){moveOut(id:$i){id}}", "i", stay);
        assertEquals(List.of(), sun().ask("{myMeters{id}}").getList("myMeters"));
        sun().refused("NOT_FOUND", TOP_UP, "d", mine);
    }

    private Graph sun() {
        return Graph.as(company.resident("sun"));
    }

    private String resident(String username) {
        String id = finance.ask(
                        "mutation($n:String!){registerResident(input:{name:$n kind:MEMBER}){resident{id}}}",
                        "n",
                        username)
                .getString("registerResident.resident.id");
        tables.run(
                "UPDATE resident SET username = ?, subject = ? WHERE id = ?",
                username,
                company.subject(username),
                UUID.fromString(id));
        return id;
    }

    private void moveIn(String resident, String space) {
        finance.ask(
                "mutation($i:OccupancyInput!){moveIn(input:$i){id}}",
                "i",
                Map.of("residentId", resident, "spaceId", space, "role", "LESSEE"));
    }

    private String space(String name) {
        return Graph.as(company.manager())
                .ask("mutation($n:String!){createSpace(input:{kind:\"COMMUNITY\" name:$n}){id}}", "n", name)
                .getString("createSpace.id");
    }

    private String meter(String serial, String space) {
        String meter = Graph.as(company.technician())
                .ask(
                        "mutation($i:DeviceInput!){r:registerDevice(input:$i){device{id}}}",
                        "i",
                        Map.of("kind", "ELECTRICITY_METER", "serialNo", serial, "spaceId", space))
                .getString("r.device.id");
        Graph manager = Graph.as(company.manager());
        String plan = manager.ask(
                        "mutation($n:String!){createTariffPlan(input:{name:$n commodity:ELECTRICITY}){id}}",
                        "n",
                        serial)
                .getString("createTariffPlan.id");
        String version = manager.ask(
                        "mutation($p:ID!){draftTariffVersion(planId:$p input:{validFrom:\"2026-10-01\" basis:FLAT"
                                + " rates:[{energyPrice:\"0.6\"}]}){id}}",
                        "p",
                        plan)
                .getString("draftTariffVersion.id");
        manager.ask("mutation($v:ID!){publishTariffVersion(id:$v version:0){id}}", "v", version);
        finance.ask(
                "mutation($d:ID!,$p:ID!){openMeterAccount(deviceId:$d terms:{mode:PREPAID planId:$p}){pointId}}",
                "d",
                meter,
                "p",
                plan);
        return meter;
    }
}
