package cloud.wuye.platform.graphql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.graphql.probe.ProbeApi;
import cloud.wuye.platform.graphql.probe.ProbeProfile;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ProbeProfile.class)
class SubscriptionsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TICKS = "subscription { probeTicks }";

    private TestTenant tenant;

    @BeforeEach
    void company() {
        tenant = TestTenants.create("sockets");
    }

    @Test
    void theTokenInConnectionInitSaysWhoListens() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.subscribe("1", TICKS);
            JsonObject next = socket.next();
            assertEquals("next", next.getString("type"), next::encode);
            assertEquals("1", next.getString("id"));
            assertEquals("lin 0", data(next).getString("probeTicks"));
            assertEquals("lin 1", data(socket.next()).getString("probeTicks"));
        }
    }

    @Test
    void companiesAreToldApartByTheIssuerOfTheirTokens() throws Exception {
        TestTenant other = TestTenants.create("othersockets");
        try (var one = GraphQLSocket.greeted(tenant.as("a", Roles.MANAGER));
                var two = GraphQLSocket.greeted(other.as("b", Roles.MANAGER))) {
            one.subscribe("1", TICKS);
            two.subscribe("1", TICKS);
            assertEquals("a 0", data(one.next()).getString("probeTicks"));
            assertEquals("b 0", data(two.next()).getString("probeTicks"));
            assertEquals("a 1", data(one.next()).getString("probeTicks"));
        }
    }

    @Test
    void anonymousListenersAreRefusedPerSubscription() throws Exception {
        try (var socket = GraphQLSocket.greeted(null)) {
            for (String query : new String[] {TICKS, "subscription { probeOpen }"}) {
                socket.subscribe(query, query);
                assertRefused(socket.next(), query, "UNAUTHENTICATED");
            }
        }
    }

    @Test
    void aRoleThatMayNotListenIsRefused() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.resident())) {
            socket.subscribe("1", TICKS);
            // The framework denies inside the stream, so the refusal is its only event.
            JsonObject refusal = socket.next();
            assertEquals("next", refusal.getString("type"));
            assertTrue(refusal.encode().contains("FORBIDDEN"), refusal::encode);
            assertEquals("complete", socket.next().getString("type"));
        }
    }

    @Test
    void aBadTokenClosesTheSocket() throws Exception {
        String forged = TestIssuer.sign("someone-else", TestIssuer.claims(tenant.code(), "lin", Roles.MANAGER));
        for (String token : new String[] {"rubbish", forged}) {
            try (var socket = GraphQLSocket.open()) {
                socket.init(token);
                assertEquals(4403, socket.closeCode(SOON));
            }
        }
    }

    @Test
    void theSocketEndsWithTheToken() throws Exception {
        String shortLived = TestIssuer.sign(
                tenant.code(),
                TestIssuer.claims(tenant.code(), "lin", Roles.MANAGER)
                        // Long enough to begin with it where the machine is busy.
                        .expiresAt(Instant.now().plusSeconds(6)));
        try (var socket = GraphQLSocket.greeted(shortLived)) {
            socket.subscribe("1", TICKS);
            assertEquals("next", socket.next().getString("type"));
            assertEquals(1008, socket.closeCode(Duration.ofSeconds(30)));
        }
    }

    @Test
    void everyEventLoadsItsBatchedFieldsAnewHoweverDeepTheyLie() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.subscribe(
                    "1",
                    "subscription { probeEvents { name loaded { id whole loaded { whole } } children { name } } }");
            long last = 0;
            for (int i = 0; i < 5; i++) {
                JsonObject event = data(socket.next()).getJsonObject("probeEvents");
                JsonObject loaded = event.getJsonObject("loaded");
                assertEquals(tenant.id().toString(), loaded.getString("id"));
                long whole = Long.parseLong(loaded.getString("whole"));
                long below = Long.parseLong(loaded.getJsonObject("loaded").getString("whole"));
                assertTrue(last < whole && whole < below, event::encode);
                assertEquals(0, event.getJsonArray("children").size());
                last = below;
            }
        }
    }

    @Test
    void aBatchedFieldThatFailsIsAnErrorOfTheEvent() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.subscribe("1", "subscription { probeEvents { name broken } }");
            for (int i = 0; i < 2; i++) {
                JsonObject payload = socket.next().getJsonObject("payload");
                assertEquals(
                        "same",
                        payload.getJsonObject("data")
                                .getJsonObject("probeEvents")
                                .getString("name"));
                assertTrue(payload.encode().contains("INTERNAL"), payload::encode);
            }
        }
    }

    @Test
    void completeStopsTheEvents() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.subscribe("1", TICKS);
            socket.next();
            socket.complete("1");
            // What was on its way still comes.
            Awaitility.await().atMost(SOON).until(() -> {
                socket.drain();
                return socket.isSilentFor(Duration.ofMillis(300));
            });
        }
    }

    @Test
    void queriesAndMutationsGoOverTheSocketToo() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.subscribe("1", "{ probeManager }");
            assertEquals("lin", data(socket.next()).getString("probeManager"));
            assertEquals("complete", socket.next().getString("type"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscription {", "subscription { nowhere }", "{ probeList(first: 5000) { name } }"})
    void theSameGateStandsBeforeTheSocket(String query) throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.subscribe("1", query);
            JsonObject error = socket.next();
            assertEquals("error", error.getString("type"), error::encode);
            assertTrue(error.getJsonArray("payload")
                    .getJsonObject(0)
                    .getJsonObject("extensions")
                    .containsKey("code"));
        }
    }

    @Test
    void aFailureInTheMiddleOfAStreamIsSafe() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.subscribe("1", "subscription { probeBreaks(kind: \"crash\") }");
            assertEquals("first", data(socket.next()).getString("probeBreaks"));
            JsonObject failed = socket.next();
            assertFalse(failed.encode().contains("jdbc"), failed::encode);
            assertTrue(failed.encode().contains("INTERNAL"), failed::encode);
        }
    }

    @Test
    void errorsSpeakTheLanguageOfTheUpgradeRequest() throws Exception {
        try (var socket = GraphQLSocket.openInEnglish()) {
            socket.init(tenant.resident());
            socket.next();
            socket.subscribe("1", TICKS);
            assertTrue(socket.next().encode().contains("You are not allowed"));
        }
    }

    @Test
    void aSocketThatDoesNotGreetIsClosed() throws Exception {
        try (var socket = GraphQLSocket.open()) {
            assertEquals(4408, socket.closeCode(SOON));
        }
    }

    @Test
    void subscribingBeforeGreetingIsRefused() throws Exception {
        try (var socket = GraphQLSocket.open()) {
            socket.subscribe("1", TICKS);
            assertEquals(4401, socket.closeCode(SOON));
        }
    }

    @Test
    void greetingTwiceIsRefused() throws Exception {
        try (var socket = GraphQLSocket.greeted(null)) {
            socket.init(null);
            assertEquals(4429, socket.closeCode(SOON));
        }
    }

    @Test
    void anIdIsUsedOnceAtATime() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.subscribe("1", TICKS);
            socket.subscribe("1", TICKS);
            assertEquals(4409, socket.closeCode(SOON));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish",
                "[]",
                "{}",
                "{\"type\":1}",
                "{\"type\":\"nonsense\"}",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"subscribe\",\"id\":\"1\"}",
                "{\"type\":\"subscribe\",\"id\":1,\"payload\":{}}",
                "{\"type\":\"complete\"}"
            })
    void whatIsNotTheProtocolClosesTheSocket(String text) throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.sendText(text);
            assertEquals(4400, socket.closeCode(SOON));
        }
    }

    @Test
    void oneSocketCarriesABoundedNumberOfOperations() throws Exception {
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            for (int i = 0; i < 3; i++) {
                socket.subscribe("s" + i, "subscription { probeTicks(millis: 60000) }");
            }
            socket.subscribe("more", "subscription { probeTicks(millis: 60000) }");
            JsonObject answer = socket.next();
            while (answer.getString("type").equals("next")) {
                answer = socket.next();
            }
            assertRefused(answer, "more", "TOO_MANY_REQUESTS");
            socket.complete("s0");
            socket.subscribe("now", "{ probeManager }");
            JsonObject now = socket.next();
            while (!now.getString("id").equals("now")) {
                now = socket.next();
            }
            assertEquals("lin", data(now).getString("probeManager"));
        }
    }

    @Test
    void whoDoesNotReadIsCutOffBeforeTheQueueGrows() throws Exception {
        ProbeApi.FLOODED.set(0);
        ProbeApi.FLOOD_ENDED.set(false);
        try (var socket = GraphQLSocket.greeted(tenant.manager())) {
            socket.stopReading();
            socket.subscribe("1", "subscription { probeFlood }");
            Awaitility.await().atMost(Duration.ofSeconds(40)).untilTrue(ProbeApi.FLOOD_ENDED);
            // A megabyte of ours, and what the two operating systems keep.
            int kilobytes = ProbeApi.FLOODED.get();
            assertTrue(kilobytes < 20_000, () -> kilobytes + " kB");
        }
    }

    @Test
    void pingIsAnswered() throws Exception {
        try (var socket = GraphQLSocket.greeted(null)) {
            socket.send(new JsonObject().put("type", "ping"));
            assertEquals("pong", socket.next().getString("type"));
        }
    }

    private static JsonObject data(JsonObject next) {
        JsonObject data = next.getJsonObject("payload").getJsonObject("data");
        if (data == null) {
            throw new AssertionError(next.encode());
        }
        return data;
    }

    private static void assertRefused(JsonObject message, String id, String code) {
        assertEquals("error", message.getString("type"), message::encode);
        assertEquals(id, message.getString("id"));
        assertEquals(
                code,
                message.getJsonArray("payload")
                        .getJsonObject(0)
                        .getJsonObject("extensions")
                        .getString("code"));
    }
}
