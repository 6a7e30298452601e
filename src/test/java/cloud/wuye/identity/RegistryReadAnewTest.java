package cloud.wuye.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Who comes from a company that is not known yet waits until the registry is read anew, all with one question, whose answer comes on
 * the thread of the one who asked it. A request that stayed there would lose its body now and then; it has to come back to its own.
 */
@QuarkusTest
class RegistryReadAnewTest {
    private static final int AT_ONCE = 40;
    /** {@code wuye.tenant.registry-miss-ttl} and a little more. */
    private static final Duration UNTIL_IT_LOOKS_AGAIN = Duration.ofMillis(550);

    @TestHTTPResource(ThreadProbe.PATH)
    URI path;

    @Inject
    Router router;

    @Test
    void everyRequestComesBackToItsOwnThread() throws InterruptedException {
        // Many connections, on all event loops.
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try (var probe = ThreadProbe.in(router)) {
            for (int round = 0; round < 8; round++) {
                HttpRequest request = HttpRequest.newBuilder(path)
                        .header(
                                "Authorization",
                                "Bearer " + TestTenants.unheardOf().manager())
                        .build();
                Thread.sleep(UNTIL_IT_LOOKS_AGAIN.toMillis());
                List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, AT_ONCE)
                        .mapToObj(i -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                        .toList();
                answers.forEach(answer -> assertEquals("true", answer.join().body()));
            }
        }
    }
}
