package cloud.wuye.fault;

import static org.awaitility.Awaitility.await;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.ServiceProcess;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.TestTenant;
import com.sun.net.httpserver.HttpServer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A company with meters, a resident who pays for them and an open payment channel, in a packaged service that can be killed and
 * comes back at the same address. {@link Graph} speaks to it.
 */
final class Treasury implements AutoCloseable {
    private static final KitServers KIT = KitServers.shared();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String RESIDENT = "sun";

    /** What the ticks of minutes do by themselves is done by the second, so that nobody has to wait for it. */
    private static final Map<String, String> HURRY = Map.of(
            "wuye.outbox.lease", "5s",
            "wuye.export.lease", "15s",
            "wuye.export.chunk-rows", "500",
            "wuye.jobs.watch-payments", "1s",
            "wuye.jobs.settlements", "1s",
            "wuye.jobs.billing", "1s",
            "wuye.jobs.post-usage", "1s",
            "wuye.jobs.accounts", "1s",
            "wuye.jobs.proofs", "1s",
            "wuye.jobs.ledger-proof", "1s");

    private final String database = "money_" + UUID.randomUUID().toString().replace("-", "");
    private final Path directory = Path.of("target", "fault", database).toAbsolutePath();
    private final int port = KitServers.freePort();
    private HttpServer door;
    private ServiceProcess service;
    Estate estate;
    TestTenant company;
    SimulatedPayments channel;
    /** The ids of the meters, in the order of {@link Estate#uids}. */
    List<UUID> meters;

    private String resident;
    private String plan;

    /** Builds it all, with so many meters; whatever becomes of that, it has to be closed. */
    void build(int howMany) throws IOException {
        KIT.createDatabase(database);
        door = TestDevices.letEverybodyIn();
        RestAssured.baseURI = "http://127.0.0.1";
        RestAssured.port = port;
        start();
        estate = new Estate(database, howMany);
        company = new TestTenant(estate.tenant, estate.code);
        estate.run(
                "UPDATE tenant SET issuer = ?, base_url = ? WHERE id = ?",
                TestIssuer.issuer(estate.code),
                TestIssuer.baseUrl(),
                estate.tenant);
        await().atMost(LONG)
                .until(() -> Graph.as(company.manager()).send("{me{username}}").get("errors") == null);
        meters = estate.uids.stream()
                .map(uid -> UUID.fromString(
                        estate.one("SELECT id FROM device WHERE tenant_id = ? AND uid = ?", estate.tenant, uid)))
                .toList();
        channel = SimulatedPayments.fresh();
        channel.openFor(company.manager());
        channel.openAppFor(company.manager());
        channel.order("refunds/delay", Map.of("millis", 500));
        resident = resident();
        payer().ask("mutation($c:String!){linkMyWeChat(code:$c){id}}", "c", channel.login("openid-sun"));
        plan = plan();
    }

    /** Starts the service, anew after it was killed. */
    void start() {
        Map<String, String> settings = new HashMap<>(KIT.settings().postgres(database));
        settings.putAll(KIT.settings().mqtt());
        settings.putAll(KIT.settings().secrets());
        settings.putAll(KIT.settings().payment("http://127.0.0.1:" + port));
        settings.putAll(HURRY);
        settings.put("wuye.identity.keycloak.url", "http://127.0.0.1:1");
        settings.put("wuye.identity.keycloak.provisioner-secret", "of-no-use");
        service = ServiceProcess.start(directory, "one", settings, port).awaitListening();
    }

    /** {@code kill -9}. */
    void kill() {
        service.kill();
    }

    Graph finance() {
        return Graph.as(company.finance());
    }

    Graph manager() {
        return Graph.as(company.manager());
    }

    Graph payer() {
        return Graph.as(company.resident(RESIDENT));
    }

    /** Opens a meter's account, for the resident to pay, at 0.60 yuan the kWh. */
    void open(UUID meter, Map<String, Object> more) {
        Map<String, Object> terms = new HashMap<>(more);
        terms.put("planId", plan);
        terms.put("customerId", resident);
        finance()
                .ask(
                        "mutation($d:ID!,$t:MeterTermsInput!){openMeterAccount(deviceId:$d terms:$t){pointId}}",
                        "d",
                        meter.toString(),
                        "t",
                        terms);
    }

    /** Somebody reads a meter. */
    void read(UUID meter, String value) {
        manager()
                .ask(
                        "mutation($d:ID!,$v:Decimal!){recordManualReading(deviceId:$d reading:{value:$v reason:\"walk\"}){value}}",
                        "d",
                        meter.toString(),
                        "v",
                        value);
    }

    /** One value of the company's. */
    String one(String sql) {
        return estate.one(sql, estate.tenant);
    }

    /** A column of the company's. */
    List<String> column(String sql) {
        return estate.run(sql, estate.tenant);
    }

    int count(String sql) {
        return Integer.parseInt(one(sql));
    }

    /** What the journal says of an account, all subjects together. */
    String booked(String account) {
        return one("SELECT coalesce(sum(amount), 0)::numeric(18,2) FROM journal_line WHERE account = '" + account
                + "' AND tenant_id = ?");
    }

    /** The proof that reads every line from the beginning finds nothing. */
    List<String> proven() {
        finance().ask("mutation{requestLedgerProof(reason:\"after the kill\"){lines}}");
        await().atMost(LONG).until(() -> {
            var proof = finance().ask("{p:ledgerProof{fullAt fullWantedAt}}");
            return proof.get("p.fullAt") != null && proof.get("p.fullWantedAt") == null;
        });
        return finance().ask("{p:ledgerProof{differences{kind}}}").getList("p.differences.kind");
    }

    private String resident() {
        String id = finance()
                .ask("mutation{registerResident(input:{name:\"孙\" kind:MEMBER}){resident{id}}}")
                .getString("registerResident.resident.id");
        estate.run(
                "UPDATE resident SET username = ?, subject = ? WHERE id = ?",
                RESIDENT,
                company.subject(RESIDENT),
                UUID.fromString(id));
        return id;
    }

    private String plan() {
        String made = manager()
                .ask("mutation{p:createTariffPlan(input:{name:\"居民\" commodity:ELECTRICITY}){id}}")
                .getString("p.id");
        String version = manager()
                .ask(
                        "mutation($p:ID!,$d:Date!){v:draftTariffVersion(planId:$p input:{validFrom:$d basis:FLAT"
                                + " rates:[{energyPrice:\"0.5\" servicePrice:\"0.1\"}]}){id}}",
                        "p",
                        made,
                        "d",
                        LocalDate.now(ZoneId.of("Asia/Shanghai")).minusDays(10).toString())
                .getString("v.id");
        manager().ask("mutation($v:ID!){publishTariffVersion(id:$v version:0){id}}", "v", version);
        return made;
    }

    @Override
    public void close() {
        if (service != null && service.isAlive()) {
            service.close();
        }
        if (channel != null) {
            channel.order("refunds/delay", Map.of());
        }
        RestAssured.reset();
        if (door != null) {
            door.stop(0);
        }
        KIT.askAboutDevicesAt("");
        KIT.dropDatabase(database);
    }
}
