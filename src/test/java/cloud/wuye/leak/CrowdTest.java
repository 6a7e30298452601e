package cloud.wuye.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Many people of several companies at once, on few connections: each sees all of their own and nothing of anybody else's. The
 * registry of companies is read anew all the time, so that requests wait for what another of them asked for.
 */
@QuarkusTest
@TestProfile(CrowdTest.Forgetful.class)
class CrowdTest {
    private static final int COMPANIES = 4;
    private static final int METERS = 12;
    private static final int CLIENTS = 12;
    private static final int ROUNDS = 150;
    private static final String PAGE =
            "{meters(first:12){nodes{serialNo space{name} readings(first:5){value readAt}}}spaces(first:1){nodes{name}}me{company{code}}}";
    private static final String MAKE = "mutation($n:String!){createSpace(input:{kind:\"COMMUNITY\",name:$n}){name}}";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The service, with a registry that forgets at once. */
    public static class Forgetful implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("wuye.tenant.registry-ttl", "PT0.001S");
        }
    }

    private record Company(TestTenant tenant, String token, String page) {}

    @TestHTTPResource("/graphql")
    URI door;

    @Test
    void eachSeesAllOfTheirOwnAndNothingOfAnybodyElses() throws InterruptedException {
        List<Company> companies =
                IntStream.range(0, COMPANIES).mapToObj(i -> furnished()).toList();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        ExecutorService people = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            int own = i;
            people.execute(() -> ask(companies, own, wrong));
        }
        people.shutdown();
        people.awaitTermination(5, TimeUnit.MINUTES);
        assertEquals(List.of(), new ArrayList<>(wrong));
    }

    private void ask(List<Company> companies, int own, Queue<String> wrong) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                // One connection serves people of every company in turn.
                Company company = companies.get((own + round) % COMPANIES);
                String expected = company.page;
                Map<String, Object> request = Map.of("query", PAGE);
                if (round % 10 == 9) {
                    String name = company.tenant.code() + " " + own + " " + round;
                    request = Map.of("query", MAKE, "variables", Map.of("n", name));
                    expected = "{\"data\":{\"createSpace\":{\"name\":\"" + name + "\"}}}";
                }
                String answer = post(client, company, request);
                if (!answer.equals(expected)) {
                    wrong.add(company.tenant.code() + ": " + answer);
                }
            }
        } catch (IOException | InterruptedException e) {
            wrong.add(e.toString());
        }
    }

    private String post(HttpClient client, Company company, Map<String, Object> request)
            throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(door)
                                .header("Authorization", "Bearer " + company.token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(request)))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private Company furnished() {
        TestTenant tenant = TestTenants.fresh();
        Graph manager = Graph.as(tenant.as("lin", "manager", "technician"));
        String place = manager.ask(
                        "mutation($n:String!){s:createSpace(input:{kind:\"COMMUNITY\",name:$n}){id}}",
                        "n",
                        "A " + tenant.code())
                .getString("s.id");
        for (int i = 0; i < METERS; i++) {
            String name = tenant.code() + "-" + i;
            manager.ask(
                    "mutation($i:DeviceInput!){d:registerDevice(input:$i){device{id}}}",
                    "i",
                    Map.of("kind", "ELECTRICITY_METER", "serialNo", name, "name", name, "spaceId", place));
        }
        Company company = new Company(tenant, manager.token(), "");
        HttpClient client = HttpClient.newHttpClient();
        try {
            return new Company(tenant, manager.token(), post(client, company, Map.of("query", PAGE)));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
