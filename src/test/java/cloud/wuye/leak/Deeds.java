package cloud.wuye.leak;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.device.metering.account.TestCredits;
import cloud.wuye.device.metering.billing.TestBills;
import cloud.wuye.device.metering.credit.TestCredit;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import io.quarkus.arc.Arc;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** For each mutation the arguments with which it succeeds, on things made for it. */
final class Deeds {
    /** Mutations that need a real Keycloak, and the test that looks at their audit entries with one. */
    static final Map<String, String> WITH_KEYCLOAK = Map.of(
            "inviteStaff", "StaffTest",
            "setStaffRoles", "StaffTest",
            "disableStaff", "StaffTest",
            "enableStaff", "StaffTest",
            "linkResident", "ResidentAccountsTest",
            "onboardTenant", "OnboardingTest",
            "suspendTenant", "OnboardingTest",
            "resumeTenant", "OnboardingTest");

    private static final String TIMES = "times: [{action: OFF, time: \"23:00\"}, {action: ON, time: \"06:00\"}]";

    private final TestTenant company;
    private final TestDevices tables;

    Deeds(TestTenant company, TestDevices tables) {
        this.company = company;
        this.tables = tables;
    }

    /** Mutation → its arguments, whose making prepares what they speak of. */
    Map<String, Supplier<String>> all() {
        Map<String, Supplier<String>> all = new TreeMap<>();
        spaces(all);
        residents(all);
        occupancies(all);
        devices(all);
        supply(all);
        meters(all);
        timetables(all);
        payments(all);
        orders(all);
        reconciliation(all);
        suspense(all);
        tariffs(all);
        accounts(all);
        mine(all);
        weChat(all);
        bills(all);
        credit(all);
        all.put("replayRejectedMessages", this::parked);
        all.put("retryDeadLetter", () -> id(deadLetter()));
        all.put("markMessagesRead", () -> "ids: [\"" + message() + "\"]");
        all.put("requestLedgerProof", () -> "reason: \"test\"");
        all.put("cancelDeviceCommand", () -> id(command()));
        all.put("settleDeviceCommand", () -> id(inDoubt()) + ", outcome: DONE, reason: \"was there\"");
        return all;
    }

    private void spaces(Map<String, Supplier<String>> all) {
        all.put("createSpace", () -> "input: {kind: \"COMMUNITY\", " + name() + "}");
        all.put("editSpace", () -> id(space("COMMUNITY")) + ", version: 0, input: {" + name() + "}");
        all.put("moveSpace", () -> id(space("BUILDING")) + ", version: 0, parentId: \"" + space("COMMUNITY") + "\"");
        all.put("archiveSpace", () -> id(space("COMMUNITY")) + ", version: 0");
    }

    private void residents(Map<String, Supplier<String>> all) {
        all.put("registerResident", () -> input(person()));
        all.put("editResident", () -> id(resident()) + ", version: 0, " + input(person()));
        all.put("disableResident", () -> id(resident()) + ", reason: \"left\"");
        all.put("enableResident", () -> id(resident()));
        all.put("createResidentGroup", Deeds::name);
        all.put("renameResidentGroup", () -> id(group()) + ", " + name());
        all.put("deleteResidentGroup", () -> id(group()));
        all.put("changeResidentGroupMembers", () -> id(group()) + ", add: [\"" + resident() + "\"], remove: []");
    }

    private void occupancies(Map<String, Supplier<String>> all) {
        all.put("moveIn", () -> input(stay()));
        all.put("moveOut", () -> id(made("moveIn", input(stay()), "id", "id")));
    }

    /** To the manager, who does the deeds. */
    private String message() {
        UUID id = Ids.next();
        tables.run(
                "INSERT INTO message (id, tenant_id, staff, code, params, title_zh, title_en, body_zh, body_en, dedupe_key,"
                        + " created_at) VALUES (?, ?, ?, 'MOVED_IN', '{}', '', '', '', '', ?, now())",
                id,
                company.id(),
                company.subject("lin"),
                id.toString());
        return id.toString();
    }

    private String stay() {
        return "spaceId: \"" + space("COMMUNITY") + "\", residentId: \"" + resident() + "\", role: OWNER";
    }

    private String resident() {
        return made("registerResident", input(person()), "resident{id}", "resident.id");
    }

    private String group() {
        return made("createResidentGroup", name(), "id", "id");
    }

    private static String person() {
        return name() + ", kind: MEMBER";
    }

    private void devices(Map<String, Supplier<String>> all) {
        all.put("registerDevice", () -> "input: {kind: GATEWAY, serialNo: \"" + word() + "\"}");
        all.put("editDevice", () -> id(meter()) + ", version: 0, input: {" + name() + "}");
        all.put("configureDevice", () -> id(meter()) + ", version: 0, input: {reportSeconds: 300}");
        all.put("assignDevice", () -> id(meter()) + ", version: 0, spaceId: \"" + space("COMMUNITY") + "\"");
        all.put("attachDevice", () -> id(meter()) + ", version: 0, gatewayId: \"" + device("GATEWAY") + "\"");
        all.put("disableDevice", () -> id(meter()) + ", version: 0");
        all.put("enableDevice", () -> id(prepared("disableDevice", meter(), ", version: 0")) + ", version: 1");
        all.put("retireDevice", () -> id(meter()) + ", version: 0");
        all.put("rotateDeviceCredential", () -> id(meter()));
    }

    private void supply(Map<String, Supplier<String>> all) {
        all.put("forceOff", () -> held(meter()));
        all.put("lockOutForSafety", () -> held(meter()));
        all.put("releaseForceOff", () -> held(forced("forceOff")));
        all.put("releaseSafetyLockOut", () -> held(forced("lockOutForSafety")));
    }

    private void meters(Map<String, Supplier<String>> all) {
        all.put("readMeters", () -> "deviceIds: [\"" + meter() + "\"]");
        all.put("installMeter", () -> of(meter()) + ", fitting: {register: \"0\"}");
        all.put("removeMeter", () -> of(installed()) + ", removal: {register: \"1\"}");
        all.put(
                "replaceMeter",
                () -> of(installed()) + ", replacementId: \"" + meter()
                        + "\", removal: {register: \"1\"}, fitting: {register: \"0\"}");
        all.put("recordManualReading", () -> of(installed()) + ", reading: {value: \"1\", reason: \"round\"}");
    }

    private void timetables(Map<String, Supplier<String>> all) {
        all.put("createHolidayCalendar", () -> input(calendarFields()));
        all.put("changeHolidayCalendar", () -> id(calendar()) + ", version: 0, " + input(calendarFields()));
        all.put("deleteHolidayCalendar", () -> id(calendar()));
        for (String kind : new String[] {"Power", "Reading"}) {
            String schedule = kind + "Schedule";
            all.put("create" + schedule, () -> input(fields(kind)));
            all.put("change" + schedule, () -> versioned(kind) + ", " + input(fields(kind)));
            all.put("pause" + schedule, () -> id(schedule(kind)));
            all.put("resume" + schedule, () -> id(prepared("pause" + schedule, schedule(kind), "")));
            all.put("delete" + schedule, () -> id(schedule(kind)));
        }
    }

    private void payments(Map<String, Supplier<String>> all) {
        SimulatedPayments account = SimulatedPayments.fresh();
        all.put("configureWeChatPay", () -> "input: " + account.literal());
        all.put("testPaymentChannel", () -> channel(account));
        all.put("enablePaymentChannel", () -> {
            String channel = channel(account);
            made("disablePaymentChannel", channel + ", reason: \"test\"", "kind", "kind");
            return channel;
        });
        all.put("disablePaymentChannel", () -> channel(account) + ", reason: \"test\"");
    }

    private void orders(Map<String, Supplier<String>> all) {
        TestOrders orders = Arc.container().instance(TestOrders.class).get();
        all.put("setPaymentTerms", () -> input("feeRate: \"0.006\", feePayer: PAYER, payWithin: \"PT30M\""));
        all.put("takePayment", () -> order(orders.placed(company)) + ", by: CASH, receiptNo: \"" + word() + "\"");
        all.put("closePaymentOrder", () -> order(orders.placed(company)));
        all.put("retryCredit", () -> order(orders.creditFailed(company)));
        all.put("requestRefund", () -> order(orders.credited(company)) + ", amountFen: 1, reason: \"moved out\"");
        all.put("approveRefund", () -> id(requested(orders)));
        all.put("rejectRefund", () -> id(requested(orders)) + ", reason: \"test\"");
        all.put("payOutRefund", () -> id(approved(orders)) + ", receiptNo: \"" + word() + "\"");
        all.put("retryRefund", () -> {
            // Only a channel refuses; cash is never refused.
            String refund = approved(orders);
            tables.run(
                    "UPDATE payment_order SET state = 'REFUND_FAILED' WHERE id ="
                            + " (SELECT order_id FROM payment_refund WHERE id = ?)",
                    UUID.fromString(refund));
            tables.run("UPDATE payment_refund SET state = 'FAILED' WHERE id = ?", UUID.fromString(refund));
            return id(refund);
        });
    }

    private void reconciliation(Map<String, Supplier<String>> all) {
        SimulatedPayments account = SimulatedPayments.fresh();
        all.put("reconcileDay", () -> channel(account).replace("kind", "channel") + ", day: \"" + day(-2) + "\"");
        all.put(
                "resolveReconciliationDifference",
                () -> id(difference(company, tables)) + ", resolution: ACCEPTED, reason: \"test\"");
    }

    /** A payment that only the channel has: no day of a new company is over. */
    static String difference(TestTenant company, TestDevices tables) {
        UUID id = Ids.next();
        tables.run(
                "INSERT INTO reconciliation_difference (id, tenant_id, channel, day, kind, reference, number, channel_fen,"
                        + " channel_state, at, state, found_at) VALUES (?, ?, 'WECHAT_PAY', current_date - 3, 'LOCAL_MISSING',"
                        + " ?, 'nobody', 1, 'SUCCESS', now(), 'OPEN', now())",
                id,
                company.id(),
                id.toString());
        return id.toString();
    }

    private void suspense(Map<String, Supplier<String>> all) {
        TestOrders orders = Arc.container().instance(TestOrders.class).get();
        all.put(
                "assignSuspenseItem",
                () -> id(orders.inSuspense(company, word()).toString()) + ", purpose: \"TEST_PURPOSE\", subjectId: \""
                        + Ids.next() + "\", reason: \"test\"");
        all.put("handInCash", () -> {
            orders.credited(company);
            return "amountFen: 1, receiptNo: \"" + word() + "\", on: \"" + day(-1) + "\"";
        });
        all.put(
                "payBackSuspenseItem",
                () -> id(orders.inSuspense(company, word()).toString()) + ", reason: \"test\"");
        all.put(
                "settleForeignSuspenseItem",
                () -> id(orders.dollarsInSuspense(company, word()).toString())
                        + ", how: WRITTEN_OFF, reason: \"test\"");
    }

    private void credit(Map<String, Supplier<String>> all) {
        all.put("topUpMeter", () -> of(prepaid(Terms.usual())) + ", amountFen: 100");
        all.put("takeEmergencyCredit", () -> {
            String meter = prepaid(Terms.usual().limits("0", "10"));
            Arc.container().instance(TestAccounts.class).get().adjust(company, UUID.fromString(meter), "-1");
            return of(meter);
        });
        all.put("reconnectMeter", () -> of(prepaid(Terms.usual())) + ", reason: \"test\"");
        all.put("createCutOffPolicy", () -> input(name()));
        all.put("changeCutOffPolicy", () -> id(policy()) + ", version: 0, " + input(name()));
        all.put("deleteCutOffPolicy", () -> id(policy()));
    }

    private String policy() {
        return made("createCutOffPolicy", input(name()), "id", "id");
    }

    /** A meter whose credit the service counts. */
    private String prepaid(Terms terms) {
        TestAccounts accounts = Arc.container().instance(TestAccounts.class).get();
        String meter = meter();
        accounts.open(
                company,
                UUID.fromString(meter),
                Commodity.ELECTRICITY,
                accounts.plan(company, Commodity.ELECTRICITY, "0.6"),
                terms);
        return meter;
    }

    /** By somebody else than who will decide. */
    private String requested(TestOrders orders) {
        return Graph.as(company.finance())
                .ask("mutation{requestRefund(" + order(orders.credited(company))
                        + ", amountFen: 100, reason: \"moved out\"){id}}")
                .getString("requestRefund.id");
    }

    private String approved(TestOrders orders) {
        return made("approveRefund", id(requested(orders)), "id", "id");
    }

    private static String order(UUID id) {
        return "orderId: \"" + id + "\"";
    }

    private String channel(SimulatedPayments account) {
        account.openFor(company.manager());
        return "kind: WECHAT_PAY";
    }

    private void tariffs(Map<String, Supplier<String>> all) {
        all.put("createTariffPlan", () -> input(name() + ", commodity: WATER"));
        all.put("renameTariffPlan", () -> id(plan()) + ", version: 0, " + name());
        all.put("draftTariffVersion", () -> "planId: \"" + plan() + "\", " + input(prices(0)));
        all.put("changeTariffVersion", () -> id(drafted(plan(), 0)) + ", version: 0, " + input(prices(1)));
        all.put("discardTariffVersion", () -> id(drafted(plan(), 0)));
        all.put("publishTariffVersion", () -> id(drafted(plan(), 0)) + ", version: 0");
        all.put("withdrawTariffVersion", () -> id(published(plan(), 9)) + ", reason: \"test\"");
        all.put("endTariffPlan", () -> {
            String plan = plan();
            published(plan, 0);
            return "planId: \"" + plan + "\", on: \"" + day(9) + "\", reason: \"test\"";
        });
    }

    private void accounts(Map<String, Supplier<String>> all) {
        all.put("openMeterAccount", () -> of(device("WATER_METER")) + terms());
        all.put("changeMeterTerms", () -> of(paidFor()) + terms() + ", version: 0");
        all.put("changeMeterMode", () -> of(readAndPaidFor()) + terms("POSTPAID") + ", reason: \"test\"");
        all.put("clearMeter", () -> of(paidFor()) + clearing());
        all.put("resolveMeterOwnCredit", () -> {
            UUID meter = Arc.container().instance(TestCredit.class).get().differing(company);
            return of(meter.toString()) + ", reason: \"test\"";
        });
        all.put("payOutClearing", () -> {
            // Out of the cash desk, which holds what was paid for an order.
            Arc.container().instance(TestOrders.class).get().credited(company);
            return id(owing()) + ", receiptNo: \"R1\"";
        });
        all.put("closeMeterAccount", () -> of(paidFor()) + ", reason: \"test\"");
    }

    private void mine(Map<String, Supplier<String>> all) {
        all.put("topUpMyMeter", () -> of(myMeter()) + ", amountFen: 100");
        all.put("payMyTopUp", () -> {
            SimulatedPayments.fresh().openFor(company.manager());
            String order = Graph.as(company.as("lin", Roles.MANAGER, Roles.RESIDENT))
                    .ask("mutation{topUpMyMeter(" + of(myMeter()) + ", amountFen: 100){orderId}}")
                    .getString("topUpMyMeter.orderId");
            return "orderId: \"" + order + "\", method: QR";
        });
        all.put("useMyEmergencyCredit", () -> {
            String meter = prepaid(Terms.usual().limits("0", "10"));
            makeMine(meter);
            Arc.container().instance(TestAccounts.class).get().adjust(company, UUID.fromString(meter), "-1");
            return of(meter);
        });
        all.put("payMyMeterBill", () -> {
            SimulatedPayments.fresh().openFor(company.manager());
            UUID bill = Arc.container().instance(TestBills.class).get().issued(company);
            makeMine(tables.one("SELECT device_id FROM meter_bill WHERE id = ?", bill));
            return input("billId: \"" + bill + "\", method: QR, clientKey: \"" + word() + "\"");
        });
    }

    private void weChat(Map<String, Supplier<String>> all) {
        SimulatedPayments account = SimulatedPayments.fresh();
        all.put(
                "configureWeChatApp",
                () -> input("appid: \"" + account.text("/appid") + "\", appSecret: \"" + account.appSecret() + "\""));
        all.put("linkMyWeChat", () -> {
            me();
            account.openAppFor(company.manager());
            return "code: \"" + account.login(word()) + "\", replace: true";
        });
        all.put("unlinkMyWeChat", () -> {
            linked(account);
            return "";
        });
        all.put("unlinkWeChat", () -> id(linked(account)) + ", reason: \"test\"");
    }

    /** Whoever does the deeds, linked. */
    private String linked(SimulatedPayments account) {
        String me = me();
        account.openAppFor(company.manager());
        Graph.as(company.as("lin", Roles.MANAGER, Roles.RESIDENT))
                .ask("mutation{linkMyWeChat(code: \"" + account.login(word()) + "\", replace: true){id}}");
        return me;
    }

    /** A meter in the home of whoever does the deeds. */
    private String myMeter() {
        String meter = paidFor();
        makeMine(meter);
        return meter;
    }

    /** The resident that whoever does the deeds is. */
    private String me() {
        if (tables.rows("SELECT id FROM resident WHERE subject = ?", company.subject("lin"))
                .isEmpty()) {
            tables.run(
                    "UPDATE resident SET username = 'lin', subject = ? WHERE id = ?",
                    company.subject("lin"),
                    UUID.fromString(resident()));
        }
        return tables.one("SELECT id FROM resident WHERE subject = ?", company.subject("lin"));
    }

    /** Since yesterday. */
    private void makeMine(String meter) {
        String space = space("COMMUNITY");
        made("assignDevice", id(meter) + ", version: 0, spaceId: \"" + space + "\"", "id", "id");
        String me = me();
        made(
                "moveIn",
                "input: {residentId: \"" + me + "\", spaceId: \"" + space + "\", role: OWNER, since: \""
                        + Instant.now().minus(Duration.ofDays(1)) + "\"}",
                "id",
                "id");
    }

    private String owing() {
        String meter = paidFor();
        Arc.container().instance(TestCredits.class).get().topUp(company.id(), UUID.fromString(meter), "test");
        return made("clearMeter", of(meter) + clearing().replace("WRITE_OFF", "PAY_BACK"), "id", "id");
    }

    private String clearing() {
        return ", reason: \"test\", remainder: WRITE_OFF, clientKey: \"" + word() + "\"";
    }

    private String paidFor() {
        String meter = device("WATER_METER");
        made("openMeterAccount", of(meter) + terms(), "pointId", "pointId");
        return meter;
    }

    private String readAndPaidFor() {
        String meter = paidFor();
        made("recordManualReading", of(meter) + ", reading: {value: \"1\", reason: \"test\"}", "quality", "quality");
        return meter;
    }

    private String terms() {
        return terms("PREPAID");
    }

    private String terms(String mode) {
        return ", terms: {mode: " + mode + ", planId: \"" + plan() + "\"}";
    }

    private void bills(Map<String, Supplier<String>> all) {
        TestBills bills = Arc.container().instance(TestBills.class).get();
        all.put("settleMeters", () -> input("clientKey: \"" + word() + "\""));
        all.put("setLeakPolicy", () -> input("threshold: \"0.005\", nights: 3"));
        all.put("setBillingPeriod", () -> input("commodity: WATER, cutDay: 1, dueDays: 15"));
        all.put("runBilling", () -> {
            made("setBillingPeriod", input("commodity: WATER, cutDay: 1, dueDays: 15"), "version", "version");
            return input("commodity: WATER, clientKey: \"" + word() + "\"");
        });
        all.put(
                "payMeterBill",
                () -> input("billId: \"" + bills.issued(company) + "\", clientKey: \"" + word() + "\""));
        all.put("writeOffMeterBill", () -> id(bills.issued(company).toString()) + ", reason: \"test\"");
    }

    private String plan() {
        return made("createTariffPlan", input(name() + ", commodity: WATER"), "id", "id");
    }

    private String drafted(String plan, int daysAhead) {
        return made("draftTariffVersion", "planId: \"" + plan + "\", " + input(prices(daysAhead)), "id", "id");
    }

    private String published(String plan, int daysAhead) {
        return made("publishTariffVersion", id(drafted(plan, daysAhead)) + ", version: 0", "id", "id");
    }

    private static String prices(int daysAhead) {
        return "validFrom: \"" + day(daysAhead) + "\", basis: FLAT, rates: [{energyPrice: \"3.5\"}]";
    }

    private static LocalDate day(int ahead) {
        return LocalDate.now(ZoneOffset.UTC).plusDays(ahead);
    }

    private String space(String kind) {
        return made("createSpace", input("kind: \"" + kind + "\", " + name()), "id", "id");
    }

    private String device(String kind) {
        return made(
                "registerDevice", input("kind: " + kind + ", serialNo: \"" + word() + "\""), "device{id}", "device.id");
    }

    private String meter() {
        return device("ELECTRICITY_METER");
    }

    private String installed() {
        String meter = meter();
        Instant then = Instant.now().minus(Duration.ofHours(5));
        made("installMeter", of(meter) + ", fitting: {at: \"" + then + "\", register: \"0\"}", "id", "id");
        return meter;
    }

    private String forced(String mutation) {
        String meter = meter();
        made(mutation, held(meter), "desired", "[0].desired");
        return meter;
    }

    private String calendar() {
        return made("createHolidayCalendar", input(calendarFields()), "id", "id");
    }

    private String schedule(String kind) {
        return made("create" + kind + "Schedule", input(fields(kind)), "id", "id");
    }

    /** Making one moves it on: its first due time is found. */
    private String versioned(String kind) {
        String mutation = "create" + kind + "Schedule";
        JsonPath made =
                Graph.as(company.manager()).ask("mutation{" + mutation + "(" + input(fields(kind)) + "){id version}}");
        return id(made.getString(mutation + ".id")) + ", version: " + made.getInt(mutation + ".version");
    }

    private String fields(String kind) {
        return name() + ", deviceIds: [\"" + meter() + "\"], "
                + (kind.equals("Power") ? TIMES : "times: [{time: \"00:00\"}]");
    }

    private String inDoubt() {
        String command = command();
        tables.run(
                "UPDATE device_command SET state = 'OUTCOME_UNKNOWN', attempt = 1, deadline = NULL WHERE id = ?",
                UUID.fromString(command));
        return command;
    }

    private String command() {
        return made("readMeters", "deviceIds: [\"" + meter() + "\"]", "id", "[0].id");
    }

    /** No front door makes a message wait or die. */
    private String parked() {
        tables.run(
                "INSERT INTO rejected_message (id, tenant_id, topic, payload, fingerprint, reason, detail, received_at, last_at)"
                        + " VALUES (?, ?, 'pm/v1/x', 'nonsense'::bytea, sha256(?::bytea), 'BAD_TOPIC', '', now(), now())",
                Ids.next(),
                company.id(),
                word());
        return "first: 1";
    }

    private String deadLetter() {
        UUID id = Ids.next();
        tables.run(
                "INSERT INTO outbox_message (id, tenant_id, kind, key, dedupe_key, payload, created_at, due_at, state)"
                        + " VALUES (?, ?, 'nothing', ?, ?, '{}'::jsonb, now(), now(), 'DEAD')",
                id,
                company.id(),
                id.toString(),
                id.toString());
        return id.toString();
    }

    private String prepared(String mutation, String id, String more) {
        return made(mutation, id(id) + more, "id", "id");
    }

    private String made(String mutation, String arguments, String select, String path) {
        return Graph.as(company.manager())
                .ask("mutation{" + mutation + "(" + arguments + "){" + select + "}}")
                .getString(mutation + (path.startsWith("[") ? path : "." + path));
    }

    private static String held(String device) {
        return "deviceIds: [\"" + device + "\"], reason: \"test\"";
    }

    private static String id(String id) {
        return "id: \"" + id + "\"";
    }

    private static String of(String device) {
        return "deviceId: \"" + device + "\"";
    }

    private static String input(String fields) {
        return "input: {" + fields + "}";
    }

    private static String calendarFields() {
        return name() + ", daysOff: [\"2026-10-01\"], workingDays: []";
    }

    private static String name() {
        return "name: \"" + word() + "\"";
    }

    private static String word() {
        return Ids.next().toString();
    }
}
