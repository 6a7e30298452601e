package cloud.wuye.bench;

import cloud.wuye.testing.ServiceProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A GraphQL page: 50 meters of one company after a cursor, each with its space and its newest five readings. The service in
 * turns with the servers of a kit ({@code -Dbench.work}) that are running and whose tables hold as many devices and readings.
 * For each: requests a second, delay, microseconds of CPU a request of the server and of PostgreSQL, memory; {@code failed}
 * counts answers with errors, and each question has been asked once before, and its answer counted: 50 meters with five
 * readings each.
 *
 * <p>{@code -Dbench.companies}, {@code -Dbench.readings} of each device, {@code -Dbench.rounds}, {@code -Dbench.seconds} a run,
 * {@code -Dbench.connections} such as {@code 1,8}.
 */
final class PageBench {
    private static final int DEVICES_OF_EACH = 250;
    private static final int PAGES = 3;
    private static final int ROWS = 50;
    private static final int READINGS = 5;

    private static final String OURS =
            """
            query D($n:Int!,$a:String){devices(filter:{kinds:[ELECTRICITY_METER]},first:$n,after:$a){nodes{id serialNo connectivity lastSeenAt name \
            space{id name} readings(first:5){readAt value quality}} pageInfo{hasNextPage endCursor}}}""";
    private static final String POSTGRAPHILE =
            """
            query D($t:Int!,$k:String!,$n:Int!,$a:Cursor){allDevices(condition:{tenantId:$t,kind:$k},first:$n,after:$a,orderBy:PRIMARY_KEY_ASC)\
            {nodes{rowId serial status lastTs lastKwh spaceBySpaceId{rowId name} readings:readingsByDeviceId(first:5,orderBy:TS_DESC)\
            {nodes{ts kwh powerW}}} pageInfo{hasNextPage endCursor}}}""";
    private static final String SPRING =
            """
            query D($t:Int!,$k:String!,$n:Int!,$a:ID){devices(tenantId:$t,kind:$k,first:$n,after:$a){nodes{id serial status lastTs lastKwh \
            space{id name} readings(first:5){ts kwh powerW}} hasNextPage endCursor}}""";

    private final Surroundings around = Surroundings.find();
    private final int companies = Integer.getInteger("bench.companies", 200);
    private final int readings = Integer.getInteger("bench.readings", 40);
    private final int rounds = Integer.getInteger("bench.rounds", 2);
    private final int seconds = Integer.getInteger("bench.seconds", 5);
    private final String connections = System.getProperty("bench.connections", "1,8");

    public static void main(String... arguments) {
        Ending.after(() -> new PageBench().run());
    }

    private interface Tokens {
        String of(int company);
    }

    /** One who answers, with the questions put to it. */
    private record Candidate(String name, URI server, long pid, String query, Tokens tokens, List<Question> questions) {
        Candidate(String name, URI server, long pid, String query, Tokens tokens) {
            this(name, server, pid, query, tokens, new ArrayList<>());
        }

        /** As they are sent, with tokens that last. */
        List<byte[]> fresh() {
            String[] known = new String[questions.size()];
            return questions.stream()
                    .map(question -> {
                        int company = question.company();
                        known[company] = known[company] == null ? tokens.of(company) : known[company];
                        return HttpLoad.question(server, known[company], question.body());
                    })
                    .toList();
        }
    }

    private record Question(int company, String body) {}

    private int run() throws Exception {
        try (BenchPlant plant = new BenchPlant(around, companies, 0)) {
            FilledEstate.fill(plant, DEVICES_OF_EACH, readings);
            plant.start();
            ServiceProcess service = plant.service();
            List<Candidate> candidates = new ArrayList<>();
            candidates.add(new Candidate(
                    "wuye", URI.create(service.url() + "/graphql"), service.pid(), OURS, company -> plant.companies
                            .get(company)
                            .token()));
            peer("graphile", 25_888, POSTGRAPHILE).ifPresent(candidates::add);
            peer("spring", 25_889, SPRING).ifPresent(candidates::add);
            System.out.println(
                    "candidate   connections  requests  failed    req/s  p50_ms  p99_ms  server_us   pg_us  rss_mb");
            for (Candidate candidate : candidates) {
                askEachOnce(candidate);
                System.out.println(measure(candidate, 8, 3 * seconds) + "  (warm-up)");
            }
            for (int i = 0; i < rounds; i++) {
                for (String count : connections.split(",")) {
                    for (Candidate candidate : candidates) {
                        System.out.println(measure(candidate, Integer.parseInt(count), seconds));
                    }
                }
            }
        }
        return 0;
    }

    /** A server of the kit, if it runs and has as many companies. */
    private Optional<Candidate> peer(String name, int port, String query) throws IOException {
        Path kept = Surroundings.work() == null ? null : Surroundings.work().resolve("run/" + name + ".pid");
        if (kept == null || !Files.exists(kept)) {
            return Optional.empty();
        }
        long pid = Long.parseLong(Files.readString(kept).split(" ")[0]);
        return Optional.of(
                new Candidate(name, URI.create("http://127.0.0.1:" + port + "/graphql"), pid, query, company -> null));
    }

    private void askEachOnce(Candidate candidate) throws Exception {
        for (int company = 0; company < companies; company++) {
            String cursor = null;
            for (int page = 0; page < PAGES; page++) {
                JsonObject variables = new JsonObject().put("n", ROWS).put("a", cursor);
                if (candidate.tokens().of(company) == null) {
                    variables.put("t", company).put("k", "METER");
                }
                String body = GraphClient.body(candidate.query(), variables);
                candidate.questions().add(new Question(company, body));
                cursor = cursorOf(new GraphClient(candidate.server())
                        .answer(candidate.tokens().of(company), body));
            }
        }
    }

    private static String cursorOf(JsonObject answer) {
        JsonObject data = answer.getJsonObject("data");
        JsonObject list = data.getJsonObject(data.fieldNames().iterator().next());
        JsonArray nodes = list.getJsonArray("nodes");
        boolean whole = nodes.size() == ROWS
                && nodes.stream()
                        .map(node -> ((JsonObject) node).getValue("readings"))
                        .map(found ->
                                found instanceof JsonObject nested ? nested.getJsonArray("nodes") : (JsonArray) found)
                        .allMatch(found -> found.size() == READINGS);
        if (!whole) {
            throw new IllegalStateException("not 50 meters with five readings each: " + answer.encode());
        }
        return list.getJsonObject("pageInfo", list).getString("endCursor");
    }

    private String measure(Candidate candidate, int count, int howLong) throws IOException {
        List<byte[]> questions = candidate.fresh();
        double server = Cost.cpuSeconds(candidate.pid());
        double postgres = Cost.cpuSeconds(around.postmaster());
        HttpLoad.Played played;
        try (HttpLoad load = new HttpLoad(candidate.server(), count)) {
            played = load.play(questions, howLong);
        }
        return String.format(
                Locale.ROOT,
                "%-12s %10d  %8d  %6d  %7.1f  %6.2f  %6.2f  %9.0f  %6.0f  %6.0f",
                candidate.name(),
                count,
                played.answered(),
                played.failed(),
                played.answered() / played.seconds(),
                played.p50(),
                played.p99(),
                (Cost.cpuSeconds(candidate.pid()) - server) / played.answered() * 1e6,
                (Cost.cpuSeconds(around.postmaster()) - postgres) / played.answered() * 1e6,
                Cost.residentMb(candidate.pid()));
    }
}
