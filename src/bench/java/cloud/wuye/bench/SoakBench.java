package cloud.wuye.bench;

import cloud.wuye.bench.BenchPlant.Company;
import cloud.wuye.kit.simulator.BrokerAddress;
import cloud.wuye.kit.simulator.DeviceCard;
import cloud.wuye.kit.simulator.MeterSettings;
import cloud.wuye.kit.simulator.SimulatedFleet;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.ServiceProcess;
import cloud.wuye.testing.SimulatedPayments;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A working day in short: two replicas, prepaid meters that report all the time, staff who read, a resident who pays, timetables
 * that switch and read a company of simulated meters by turns, each two minutes; one replica is restarted twice. Prints a line a minute, and
 * at the end what is not as it must be; the exit status says whether anything is.
 *
 * <p>{@code -Dbench.minutes}, {@code -Dbench.rate} messages a second.
 */
final class SoakBench {
    private static final int COMPANIES = 20;
    private static final int METERS = 25;
    /** Between the second quarter of the time and the last; the first is the JVM's to warm up. */
    private static final double FLAT = 1.15;

    private static final String OPEN =
            "mutation($d:ID!,$t:MeterTermsInput!){openMeterAccount(deviceId:$d terms:$t){pointId}}";
    private static final Map<String, String> HURRY = Map.of(
            "wuye.jobs.proofs", "5s",
            "wuye.jobs.credit-proof", "5s",
            "wuye.jobs.ledger-proof", "15s",
            "wuye.jobs.accounts", "15s",
            "wuye.jobs.post-usage", "15s");

    private final Surroundings around = Surroundings.find();
    private final KitServers kit = KitServers.shared();
    private final int minutes = Integer.getInteger("bench.minutes", 30);
    private final int rate = Integer.getInteger("bench.rate", 1_000);
    private final int port = KitServers.freePort();
    private final List<Double> memory = new ArrayList<>();
    private BenchPlant plant;
    private ServiceProcess steady;
    private ServiceProcess restarted;

    public static void main(String... arguments) {
        Ending.after(() -> {
            List<String> findings = new SoakBench().run();
            findings.forEach(finding -> System.out.println("NOT AS IT MUST BE: " + finding));
            System.out.println(findings.isEmpty() ? "all is as it must be" : findings.size() + " findings");
            return findings.isEmpty() ? 0 : 1;
        });
    }

    private List<String> run() throws Exception {
        RestAssured.baseURI = "http://127.0.0.1";
        RestAssured.port = port;
        try (BenchPlant whole = new BenchPlant(around, COMPANIES, METERS)) {
            plant = whole;
            steady = replica("steady", port);
            restarted = replica("restarted", KitServers.freePort());
            try {
                return day();
            } finally {
                restarted.close();
                steady.close();
            }
        }
    }

    private ServiceProcess replica(String node, int at) {
        Map<String, String> more = new HashMap<>(HURRY);
        more.putAll(kit.settings().secrets());
        more.putAll(kit.settings().payment("http://127.0.0.1:" + port));
        return BenchPlant.listening(plant.begin(node, at, more));
    }

    private List<String> day() throws Exception {
        GraphClient graph = new GraphClient(URI.create(steady.url() + "/graphql"));
        Company clockwork = plant.companies.get(COMPANIES - 1);
        Company paying = plant.companies.get(0);
        List<Messages.Device> reporting = plant.devices.subList(0, (COMPANIES - 1) * METERS);
        SimulatedPayments channel = SimulatedPayments.fresh();
        channel.openFor(paying.token());
        try (MqttLoad load = new MqttLoad(around.broker(), 20, 50);
                SimulatedFleet fleet = fleet(clockwork);
                SoakPeople people = new SoakPeople(plant, graph, channel)) {
            load.publish(Messages.ofContract(reporting, 0), reporting.size(), 0);
            awaitStored(reporting.size(), clockwork);
            openAccounts(graph, people.register(paying));
            fleet.connect();
            fleet.start();
            timetables(graph, clockwork);
            people.read(4, 100);
            people.topUp(paying, SoakPeople.meters(plant, paying), 1_000);
            long count = 60L * minutes * rate;
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(load, reporting, count));
            watch(load, people, clockwork, reporting.size());
            sending.join();
            people.close();
            stopTimetables(graph, clockwork);
            List<String> findings =
                    new SoakBooks(plant).check(reporting.size() + count, storedBesides(clockwork), paidAt(channel));
            List<String> refusals = people.refusals();
            if (!refusals.isEmpty()) {
                findings.add(refusals.size() + " questions were refused, the first: " + refusals.get(0));
            }
            fleet.stop();
            steady.errors().stream().limit(5).forEach(findings::add);
            restarted.errors().stream().limit(5).forEach(findings::add);
            grown(findings);
            return findings;
        }
    }

    private void send(MqttLoad load, List<Messages.Device> reporting, long count) {
        try {
            load.publish(Messages.ofContract(reporting, 1), count, rate);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void watch(MqttLoad load, SoakPeople people, Company clockwork, long before) throws Exception {
        System.out.println(
                "minute      sent  not_stored  outbox  pages  page_p50_ms  page_p99_ms   paid  rss_steady_mb  rss_restarted_mb");
        long begun = System.currentTimeMillis();
        for (int minute = 1; minute <= minutes; minute++) {
            if (minute == Math.max(2, minutes / 3) || minute == Math.max(3, 2 * minutes / 3)) {
                int at = URI.create(restarted.url()).getPort();
                restarted.close();
                Thread.sleep(Duration.ofSeconds(10).toMillis());
                restarted = replica("restarted", at);
            }
            Thread.sleep(Math.max(0, begun + Duration.ofMinutes(minute).toMillis() - System.currentTimeMillis()));
            double[] delays = people.delays();
            // In this order: counting takes a moment, in which more is sent.
            long stored = Long.parseLong(plant.one(storedBesides(clockwork))) - before;
            long sent = load.acknowledged();
            memory.add(Cost.residentMb(steady.pid()));
            System.out.printf(
                    Locale.ROOT,
                    "%6d  %8d  %10d  %6s  %5d  %11.1f  %11.1f  %5d  %13.0f  %16.0f%n",
                    minute,
                    sent,
                    sent - stored,
                    plant.one("SELECT count(*) FROM outbox_message WHERE state = 'PENDING'"),
                    delays.length,
                    share(delays, 0.5),
                    share(delays, 0.99),
                    people.paid(),
                    memory.get(memory.size() - 1),
                    Cost.residentMb(restarted.pid()));
        }
    }

    private static double share(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (sorted.length * share)];
    }

    private SimulatedFleet fleet(Company company) {
        List<DeviceCard> cards = plant.devices.stream()
                .filter(device -> device.tenant().equals(company.code()))
                .map(device -> DeviceCard.home(company.code(), device.uid(), "any"))
                .toList();
        return SimulatedFleet.of(
                BrokerAddress.parse(
                        around.broker().getHostString() + ":" + around.broker().getPort()),
                cards,
                MeterSettings.usual(),
                null);
    }

    /** Accounts that may be overdrawn, so that nobody's supply is cut off; the first company's are its resident's. */
    private void openAccounts(GraphClient graph, String resident) throws Exception {
        for (Company company : plant.companies.subList(0, COMPANIES - 1)) {
            String plan = plan(graph, company);
            for (UUID meter : SoakPeople.meters(plant, company)) {
                JsonObject terms = new JsonObject()
                        .put("mode", "PREPAID")
                        .put("planId", plan)
                        .put("overdraftLimit", "100000");
                if (company.equals(plant.companies.get(0))) {
                    terms.put("customerId", resident);
                }
                graph.ask(
                        company.as("qian", Roles.FINANCE),
                        OPEN,
                        new JsonObject().put("d", meter.toString()).put("t", terms));
            }
        }
    }

    /** One price at all hours. */
    private static String plan(GraphClient graph, Company company) throws Exception {
        String plan = graph.ask(
                        company.token(),
                        "mutation{p:createTariffPlan(input:{name:\"homes\" commodity:ELECTRICITY}){id}}",
                        new JsonObject())
                .getJsonObject("p")
                .getString("id");
        String version = graph.ask(
                        company.token(),
                        "mutation($p:ID!,$d:Date!){v:draftTariffVersion(planId:$p input:{validFrom:$d basis:FLAT"
                                + " rates:[{energyPrice:\"0.5\" servicePrice:\"0.1\"}]}){id}}",
                        new JsonObject()
                                .put("p", plan)
                                .put(
                                        "d",
                                        LocalDate.now(ZoneOffset.UTC)
                                                .minusDays(10)
                                                .toString()))
                .getJsonObject("v")
                .getString("id");
        graph.ask(
                company.token(),
                "mutation($v:ID!){publishTariffVersion(id:$v version:0){id}}",
                new JsonObject().put("v", version));
        return plan;
    }

    /** Off for two minutes, on for two, and read in between. */
    private void timetables(GraphClient graph, Company company) throws Exception {
        JsonArray meters = new JsonArray();
        SoakPeople.meters(plant, company).forEach(meter -> meters.add(meter.toString()));
        LocalTime first =
                LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(2);
        List<JsonObject> switches = new ArrayList<>();
        List<JsonObject> readings = new ArrayList<>();
        for (int i = 0; i < Math.min(40, minutes); i += 2) {
            switches.add(new JsonObject()
                    .put("time", first.plusMinutes(i).toString())
                    .put("action", i % 4 == 0 ? "OFF" : "ON"));
            readings.add(new JsonObject().put("time", first.plusMinutes(i + 1).toString()));
        }
        graph.ask(
                company.token(),
                "mutation($i:PowerScheduleInput!){createPowerSchedule(input:$i){id}}",
                new JsonObject().put("i", timetable(meters, switches)));
        graph.ask(
                company.token(),
                "mutation($i:ReadingScheduleInput!){createReadingSchedule(input:$i){id}}",
                new JsonObject().put("i", timetable(meters, readings)));
    }

    private static JsonObject timetable(JsonArray meters, List<JsonObject> times) {
        return new JsonObject()
                .put("name", "by turns")
                .put("zone", "UTC")
                .put("times", new JsonArray(times))
                .put("deviceIds", meters);
    }

    /** So that what is under way can come to an end. */
    private void stopTimetables(GraphClient graph, Company company) throws Exception {
        for (String purpose : List.of("Power", "Reading")) {
            String list = "{l:" + purpose.toLowerCase(Locale.ROOT) + "Schedules{nodes{id}}}";
            String id = graph.ask(company.token(), list, new JsonObject())
                    .getJsonObject("l")
                    .getJsonArray("nodes")
                    .getJsonObject(0)
                    .getString("id");
            graph.ask(
                    company.token(),
                    "mutation($d:ID!){pause" + purpose + "Schedule(id:$d){id}}",
                    new JsonObject().put("d", id));
        }
    }

    private static String storedBesides(Company clockwork) {
        return "SELECT count(*) FROM meter_reading WHERE tenant_id <> '" + clockwork.id() + "'";
    }

    private void awaitStored(long wanted, Company clockwork) throws Exception {
        while (Long.parseLong(plant.one(storedBesides(clockwork))) < wanted) {
            Thread.sleep(100);
        }
    }

    private static Map<String, Long> paidAt(SimulatedPayments channel) {
        Map<String, Long> paid = new TreeMap<>();
        channel.order("orders", Map.of()).path("orders").forEach(order -> {
            if (order.has("transaction_id")) {
                paid.put(
                        order.path("out_trade_no").asText(),
                        order.path("amount").path("total").asLong());
            }
        });
        return paid;
    }

    private void grown(List<String> findings) {
        double early = mean(memory.size() / 4, memory.size() / 2);
        double late = mean(memory.size() * 3 / 4, memory.size());
        if (late > FLAT * early) {
            findings.add(String.format(Locale.ROOT, "memory has grown from %.0f to %.0f MB", early, late));
        }
    }

    private double mean(int from, int to) {
        return memory.subList(from, Math.max(to, from + 1)).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }
}
