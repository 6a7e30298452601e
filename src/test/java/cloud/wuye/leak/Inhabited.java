package cloud.wuye.leak;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.ProveCredit;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.device.metering.account.TestCredits;
import cloud.wuye.device.metering.billing.TestBills;
import cloud.wuye.device.metering.credit.TestCredit;
import cloud.wuye.device.metering.settlement.RunSettlements;
import cloud.wuye.identity.vouching.TestVouching;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.LoadProfile;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedMeter;
import cloud.wuye.payment.PaymentChannel;
import cloud.wuye.payment.PrepayMethod;
import cloud.wuye.payment.PrepayRequest;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.export.TestExports;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.quarkus.arc.Arc;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A company that owns something of everything, made through its own front doors and by a meter of its own. Only what no
 * door makes comes from the test: the settlement of a day, and a message that could not be delivered.
 */
final class Inhabited {
    private static final KitServers KIT = KitServers.shared();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Map<DeviceClass, String> KINDS = new EnumMap<>(Map.of(
            DeviceClass.EMETER, "ELECTRICITY_METER",
            DeviceClass.GATEWAY, "GATEWAY",
            DeviceClass.WMETER, "WATER_METER",
            DeviceClass.CHARGER, "CHARGING_PILE",
            DeviceClass.FACE, "FACE_TERMINAL"));

    private final TestTenant tenant;
    private final String name;
    private Map<String, String> home;
    private final Map<DeviceClass, Device> devices = new EnumMap<>(DeviceClass.class);

    /** A device and what it was given to log in with. */
    record Device(String id, DeviceCard card) {
        /** A line of its own to the broker. */
        Mqtt5BlockingClient connect() {
            Mqtt5BlockingClient line = Mqtt5Client.builder()
                    .identifier(card.uid())
                    .serverHost(KIT.fact("mqtt.host"))
                    .serverPort(Integer.parseInt(KIT.fact("mqtt.port")))
                    .simpleAuth()
                    .username(card.uid())
                    .password(card.password().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .buildBlocking();
            line.connect();
            return line;
        }
    }

    private Inhabited(TestTenant tenant) {
        this.tenant = tenant;
        this.name = "Garden " + tenant.code();
    }

    static Inhabited by(TestTenant tenant, TestDevices tables) {
        Inhabited company = new Inhabited(tenant);
        company.moveIn(tables);
        return company;
    }

    TestTenant tenant() {
        return tenant;
    }

    /** Somebody with every role that a company can give. */
    Graph everyRole() {
        return Graph.as(tenant.as("all", Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN, Roles.RESIDENT));
    }

    Device device(DeviceClass deviceClass) {
        return devices.get(deviceClass);
    }

    /** Somebody visits the resident. The meter comes, speaks, is switched off and on, and goes again; returns when the house is quiet. */
    void stir() {
        visit();
        try (SimulatedMeter meter = meter()) {
            meter.connectNow();
            meter.report();
            hold("releaseForceOff", "ON");
            hold("forceOff", "OFF");
        }
        awaitQuiet();
    }

    /** Asks the meter, which is away, for a reading unless it is being asked already; gives the command, which waits for it. */
    String askForAReading() {
        manager().ask("mutation($d:[ID!]!){readMeters(deviceIds:$d){id}}", "d", List.of(meterId()));
        return manager()
                .ask(
                        "query($d:ID!){deviceCommands(first:1 filter:{deviceId:$d states:[QUEUED]}){nodes{id}}}",
                        "d",
                        meterId())
                .getString("deviceCommands.nodes[0].id");
    }

    /** How a command stands. */
    String stateOf(String command) {
        return manager()
                .ask("query($c:ID!){deviceCommand(id:$c){state}}", "c", command)
                .getString("deviceCommand.state");
    }

    private void moveIn(TestDevices tables) {
        failToDeliver(tables);
        String space = manager()
                .ask("mutation($n:String!){createSpace(input:{kind:\"COMMUNITY\" name:$n}){id}}", "n", name)
                .getString("createSpace.id");
        people(space, tables);
        // The meter and the gateway first: the first two are what an intruder tries.
        for (DeviceClass each : List.of(
                DeviceClass.EMETER, DeviceClass.GATEWAY, DeviceClass.WMETER, DeviceClass.CHARGER, DeviceClass.FACE)) {
            register(each, space);
        }
        manager()
                .ask(
                        "mutation($d:ID!,$i:MeterFittingInput!){installMeter(deviceId:$d fitting:$i){id}}",
                        "d",
                        meterId(),
                        "i",
                        Map.of("at", Instant.now().minus(Duration.ofHours(5)).toString(), "register", "0"));
        settle(tables);
        setPrices();
        FalsifiedBooks.keep(tenant.id(), UUID.fromString(meterId()), tables);
        speak();
        keepHouse();
        takeMoney();
        reconcile(tables);
        Arc.container().instance(TestCredit.class).get().failedPurchase(tenant, UUID.fromString(meterId()));
        // As if the meter that everything is asked about counted its own credit too.
        tables.run(
                "UPDATE meter_own_credit SET device_id = ? WHERE tenant_id = ? AND point_id = ?",
                UUID.fromString(meterId()),
                tenant.id(),
                Arc.container().instance(TestCredit.class).get().differing(tenant));
        oweForUsage();
        loseWater(tables);
        prepay();
        proveCredit();
        // Without a Keycloak the invitation is cut off half-way; the person is written down.
        manager()
                .refused(
                        "IDENTITY_UNAVAILABLE",
                        "mutation($i:InviteStaffInput!){inviteStaff(input:$i){staff{id}}}",
                        "i",
                        Map.of("username", "zhou", "name", name, "roles", List.of("TECHNICIAN")));
        askForAReading();
        Arc.container()
                .instance(TestExports.class)
                .get()
                .made(tenant.manager(), "paymentOrders", "CSV", Map.of("subjectName", name), "zh");
    }

    /** A resident, whom the log-in with every role speaks for: without a Keycloak nobody else can link them. */
    private void people(String space, TestDevices tables) {
        String resident = manager()
                .ask("mutation($n:String!){registerResident(input:{name:$n kind:MEMBER}){resident{id}}}", "n", name)
                .getString("registerResident.resident.id");
        tables.run(
                "UPDATE resident SET username = 'all', subject = ? WHERE id = ?",
                tenant.subject("all"),
                UUID.fromString(resident));
        String group = manager()
                .ask("mutation($n:String!){createResidentGroup(name:$n){id}}", "n", name)
                .getString("createResidentGroup.id");
        manager()
                .ask(
                        "mutation($g:ID!,$r:[ID!]!){changeResidentGroupMembers(id:$g add:$r remove:[]){id}}",
                        "g",
                        group,
                        "r",
                        List.of(resident));
        home = Map.of("spaceId", space, "residentId", resident);
        moveIn("OWNER");
        awaitNews("MOVED_IN");
    }

    /** A member of the family comes and goes: news to the resident, with the company's name in it. */
    private void visit() {
        String stay = moveIn("FAMILY");
        awaitNews("MOVED_IN");
        manager().ask("mutation($s:ID!){moveOut(id:$s){id}}", "s", stay);
        awaitNews("MOVED_OUT");
    }

    private String moveIn(String role) {
        Map<String, String> stay = new HashMap<>(home);
        stay.put("role", role);
        stay.put("since", Instant.now().minus(Duration.ofDays(1)).toString());
        return manager()
                .ask("mutation($i:OccupancyInput!){moveIn(input:$i){id}}", "i", stay)
                .getString("moveIn.id");
    }

    private void awaitNews(String code) {
        await().atMost(SOON)
                .until(() -> code.equals(
                        everyRole().ask("{myMessages(first:1){nodes{code}}}").getString("myMessages.nodes[0].code")));
    }

    private void register(DeviceClass deviceClass, String space) {
        JsonPath made = manager()
                .ask(
                        "mutation($i:DeviceInput!){registerDevice(input:$i){device{id} credential{username password}}}",
                        "i",
                        Map.of(
                                "kind",
                                KINDS.get(deviceClass),
                                "serialNo",
                                deviceClass.word() + " " + name,
                                "name",
                                name,
                                "spaceId",
                                space));
        String uid = made.getString("registerDevice.credential.username");
        devices.put(
                deviceClass,
                new Device(
                        made.getString("registerDevice.device.id"),
                        new DeviceCard(
                                tenant.code(),
                                deviceClass.word(),
                                uid,
                                made.getString("registerDevice.credential.password"),
                                "SIM-" + uid,
                                LoadProfile.HOME)));
    }

    private void speak() {
        try (SimulatedMeter meter = meter()) {
            meter.connectNow();
            meter.reportAt(Instant.now().minus(Duration.ofHours(3)));
            meter.reportAt(Instant.now().minus(Duration.ofHours(2)));
            await().atMost(SOON)
                    .until(() -> manager()
                                    .ask("query($d:ID!){device(id:$d){readings(first:5){value}}}", "d", meterId())
                                    .getList("device.readings")
                                    .size()
                            >= 2);
            hold("forceOff", "OFF");
        }
        // What cannot be read is parked, and is the company's too.
        Mqtt5BlockingClient line = device(DeviceClass.EMETER).connect();
        TestDevices.publish(line, device(DeviceClass.EMETER).card().up("telemetry"), "nonsense");
        line.disconnect();
        awaitQuiet();
        // A counter that runs backwards is an anomaly.
        manager()
                .ask(
                        "mutation($d:ID!){recordManualReading(deviceId:$d reading:{value:\"0\" reason:\"misread\" photo:\"2026/m1.jpg\"}){quality}}",
                        "d",
                        meterId());
    }

    private void keepHouse() {
        String calendar = manager()
                .ask(
                        "mutation($n:String!){createHolidayCalendar(input:{name:$n daysOff:[\"2026-10-01\"] workingDays:[]}){id}}",
                        "n",
                        name)
                .getString("createHolidayCalendar.id");
        manager()
                .ask(
                        "mutation($i:PowerScheduleInput!){createPowerSchedule(input:$i){id}}",
                        "i",
                        Map.of(
                                "name",
                                name,
                                "deviceIds",
                                List.of(meterId()),
                                "calendarId",
                                calendar,
                                "times",
                                List.of(
                                        Map.of("action", "OFF", "time", "23:00"),
                                        Map.of("action", "ON", "time", "06:00"))));
        manager()
                .ask(
                        "mutation($n:String!,$d:[ID]){createReadingSchedule(input:{name:$n deviceIds:$d times:[{time:\"00:00\"}]}){id}}",
                        "n",
                        name,
                        "d",
                        List.of(meterId()));
    }

    /** A dead letter, the first of the company's messages: to make a real one the relay fails for a quarter of an hour. */
    private void failToDeliver(TestDevices tables) {
        tables.run(
                "INSERT INTO outbox_message (id, tenant_id, kind, key, dedupe_key, payload, created_at, due_at, state)"
                        + " VALUES (?, ?, 'nothing', ?, '', '{}'::jsonb, now(), now(), 'DEAD')",
                Ids.next(),
                tenant.id(),
                name);
    }

    /** An account at a payment channel, and a notice that it told. */
    private void takeMoney() {
        SimulatedPayments payments = SimulatedPayments.withApp(tenant.code());
        payments.openFor(tenant.manager());
        payments.openAppFor(tenant.manager());
        everyRole().ask("mutation($c:String!){linkMyWeChat(code:$c){id}}", "c", payments.login("o" + name));
        // As with the first log-in by WeChat.
        Arc.container().instance(TestVouching.class).get().makeKey(tenant.id());
        PrepayRequest order =
                new PrepayRequest(PrepayMethod.QR, "leak-0001", name, 1, Instant.parse("2030-01-01T00:00:00Z"), null);
        try {
            subscribeAndAwait(
                    () -> Arc.container().instance(PaymentChannel.class).get().prepay(tenant.id(), order));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        // No order of ours: the money stands in suspense.
        assertEquals(List.of(204), payments.pay("leak-0001"));
        manager()
                .ask(
                        "mutation{setPaymentTerms(input:{feeRate:\"0.006\" feePayer:PAYER payWithin:\"PT30M\"}){feeRate}}");
        manager()
                .ask(
                        "mutation($i:ID!){requestRefund(orderId:$i amountFen:1 reason:\"test\"){id}}",
                        "i",
                        Arc.container()
                                .instance(TestOrders.class)
                                .get()
                                .credited(tenant)
                                .toString());
    }

    /** A day that was held against the channel's bills. A difference and bills come from the test: no day is over yet. */
    private void reconcile(TestDevices tables) {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(2);
        manager().ask("mutation{reconcileDay(channel:WECHAT_PAY day:\"" + day + "\"){id}}");
        tables.run(
                "INSERT INTO bill_trade (tenant_id, channel, day, no, at, transaction_id, number, state, currency, fen,"
                        + " refund_fen, fee, fee_rate) VALUES (?, 'WECHAT_PAY', current_date - 2, 1, now(), ?, ?, 'SUCCESS',"
                        + " 'CNY', 1, 0, 0, '0.60%')",
                tenant.id(), name, name);
        tables.run(
                "INSERT INTO bill_flow (tenant_id, channel, day, no, at, kind, business_no, flow_no, business, type, fen,"
                        + " balance_fen, remark) VALUES (?, 'WECHAT_PAY', current_date - 2, 1, now(), 'OTHER', ?, ?, '', '', 1,"
                        + " 1, '')",
                tenant.id(),
                name,
                name);
        Deeds.difference(tenant, tables);
    }

    private void setPrices() {
        String plan = manager()
                .ask("mutation($n:String!){createTariffPlan(input:{name:$n commodity:ELECTRICITY}){id}}", "n", name)
                .getString("createTariffPlan.id");
        String version = manager()
                .ask(
                        "mutation($p:ID!){draftTariffVersion(planId:$p input:{validFrom:\"2026-10-01\" basis:FLAT"
                                + " rates:[{energyPrice:\"0.6\"}]}){id}}",
                        "p",
                        plan)
                .getString("draftTariffVersion.id");
        manager().ask("mutation($v:ID!){publishTariffVersion(id:$v version:0){id}}", "v", version);
        manager()
                .ask(
                        "mutation($d:ID!,$p:ID!){openMeterAccount(deviceId:$d terms:{mode:PREPAID planId:$p}){pointId}}",
                        "d",
                        meterId(),
                        "p",
                        plan);
        Arc.container().instance(TestCredits.class).get().topUp(tenant.id(), UUID.fromString(meterId()), name);
        // Two clearings: a list of one has no order to be walked in.
        for (String key : List.of("a", "b")) {
            manager()
                    .ask(
                            "mutation($d:ID!,$r:String!,$k:String!){clearMeter(deviceId:$d reason:$r remainder:PAY_BACK clientKey:$k){id}}",
                            "d",
                            meterId(),
                            "r",
                            name,
                            "k",
                            key);
        }
        // What is used from now on is charged.
        manager()
                .ask(
                        "mutation($d:ID!,$r:ManualReadingInput!){recordManualReading(deviceId:$d reading:$r){quality}}",
                        "d",
                        meterId(),
                        "r",
                        Map.of(
                                "value",
                                "2",
                                "reason",
                                name,
                                "readAt",
                                Instant.now().minus(Duration.ofMinutes(210)).toString()));
    }

    /** A leak: it takes nights to suspect a real one. */
    private void loseWater(TestDevices tables) {
        manager().ask("mutation{setLeakPolicy(input:{threshold:\"0.005\" nights:3}){version}}");
        tables.run(
                "INSERT INTO leak_suspicion (tenant_id, id, device_id, opened_at, first_night, last_night, nights, least_flow)"
                        + " VALUES (?, ?, ?, now(), current_date, current_date, 3, 0.01)",
                tenant.id(),
                Ids.next(),
                UUID.fromString(device(DeviceClass.WMETER).id()));
    }

    private static void proveCredit() {
        ProveCredit prove = Arc.container().instance(ProveCredit.class).get();
        try {
            int round;
            do {
                round = subscribeAndAwait(prove::now);
            } while (round > 0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** A bill, the order with which it is going to be paid, and a settlement. */
    private void oweForUsage() {
        UUID bill = Arc.container().instance(TestBills.class).get().issued(tenant);
        manager()
                .ask(
                        "mutation($b:ID!){payMeterBill(input:{billId:$b clientKey:\"k\"}){orderId}}",
                        "b",
                        bill.toString());
        String meter = manager()
                .ask("query($b:ID!){meterBill(id:$b){deviceId}}", "b", bill.toString())
                .getString("meterBill.deviceId");
        manager()
                .ask(
                        "mutation($d:ID!,$s:ID!){assignDevice(id:$d version:0 spaceId:$s){id}}",
                        "d",
                        meter,
                        "s",
                        home.get("spaceId"));
        manager().ask("mutation{settleMeters(input:{clientKey:\"k\"}){id}}");
        try {
            subscribeAndAwait(
                    () -> Arc.container().instance(RunSettlements.class).get().now());
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The water meter is prepaid, and used; its credit falls, and somebody wants to top it up. */
    private void prepay() {
        TestAccounts accounts = Arc.container().instance(TestAccounts.class).get();
        UUID meter = UUID.fromString(device(DeviceClass.WMETER).id());
        manager()
                .ask(
                        "mutation($d:ID!,$i:MeterFittingInput!){installMeter(deviceId:$d fitting:$i){id}}",
                        "d",
                        meter.toString(),
                        "i",
                        Map.of("at", Instant.now().minus(Duration.ofHours(5)).toString(), "register", "0"));
        accounts.open(tenant, meter, Commodity.WATER, accounts.plan(tenant, Commodity.WATER, "3.5"), Terms.usual());
        manager()
                .ask(
                        "mutation($d:ID!,$n:String!){recordManualReading(deviceId:$d reading:{value:\"1\" reason:$n}){quality}}",
                        "d",
                        meter.toString(),
                        "n",
                        name);
        manager().ask("mutation($n:String!){createCutOffPolicy(input:{name:$n}){id}}", "n", name);
        accounts.adjust(tenant, meter, "-12");
        accounts.judge(tenant, meter);
        everyRole().ask("mutation($d:ID!){topUpMyMeter(deviceId:$d amountFen:100){orderId}}", "d", meter.toString());
        manager()
                .ask(
                        "mutation($d:ID!,$n:String){topUpMeter(deviceId:$d amountFen:100 payerName:$n){orderId}}",
                        "d",
                        meter.toString(),
                        "n",
                        name);
    }

    /** A day is settled, then a reading comes that belongs to it: a correction. No feature settles days yet. */
    private void settle(TestDevices tables) {
        tables.run("UPDATE meter_state SET closed_before = current_date + 2 WHERE tenant_id = ?", tenant.id());
        String quality = manager()
                .ask(
                        "mutation($d:ID!,$r:ManualReadingInput!){recordManualReading(deviceId:$d reading:$r){quality}}",
                        "d",
                        meterId(),
                        "r",
                        Map.of(
                                "value",
                                "1",
                                "reason",
                                name,
                                "readAt",
                                Instant.now().minus(Duration.ofHours(4)).toString()))
                .getString("recordManualReading.quality");
        assertEquals("VALID", quality);
    }

    private void hold(String mutation, String wanted) {
        manager()
                .ask(
                        "mutation($d:[ID!]!,$r:String!){" + mutation + "(deviceIds:$d reason:$r){desired}}",
                        "d",
                        List.of(meterId()),
                        "r",
                        name);
        await().atMost(SOON)
                .until(() -> wanted.equals(manager()
                        .ask("query($d:ID!){device(id:$d){supply{reported}}}", "d", meterId())
                        .getString("device.supply.reported")));
    }

    /** Nothing of the meter's is on its way any more: a digest taken now stands still. */
    private void awaitQuiet() {
        await().atMost(SOON).until(() -> "OFFLINE"
                .equals(manager()
                        .ask("query($d:ID!){device(id:$d){connectivity}}", "d", meterId())
                        .getString("device.connectivity")));
        await().atMost(SOON).until(() -> !manager()
                .ask("{rejectedMessages(first:1){nodes{id}}}")
                .getList("rejectedMessages.nodes")
                .isEmpty());
    }

    private String meterId() {
        return device(DeviceClass.EMETER).id();
    }

    private SimulatedMeter meter() {
        return SimulatedMeter.of(
                BrokerAddress.parse(KIT.fact("mqtt.host") + ":" + KIT.fact("mqtt.port")),
                device(DeviceClass.EMETER).card(),
                MeterSettings.usual());
    }

    /** Fresh each time: tokens last minutes. */
    private Graph manager() {
        return Graph.as(tenant.manager());
    }
}
