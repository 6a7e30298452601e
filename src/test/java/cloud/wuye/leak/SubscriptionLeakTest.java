package cloud.wuye.leak;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.db.Db;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every subscription of the running schema, with every id that the victim owns, while things happen at the victim: its
 * owner hears them, the neighbour does not. Who may subscribe at all: {@code PermissionsTest}.
 */
@QuarkusTest
class SubscriptionLeakTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long MOMENT = 500;

    @Inject
    Db db;

    @Inject
    TestDevices tables;

    private List<RootField> subscriptions;
    private Inhabited victim;
    private Inhabited neighbour;
    private Footprint footprint;

    @BeforeEach
    void twoCompanies() {
        TwoCompanies both = TwoCompanies.settled(tables);
        victim = both.victim();
        neighbour = both.neighbour();
        footprint = new Footprint(db);
        subscriptions = RootField.of(RootField.running(), "Subscription", "subscription");
    }

    @Test
    void whatHappensAtTheVictimIsHeardThereAndNotNextDoor() throws Exception {
        String command = victim.askForAReading();
        Signs signs = signsWith(command);
        try (Ears owner = Ears.open(victim.everyRole().token(), subscriptions, signs.ids());
                Ears intruder = Ears.open(neighbour.everyRole().token(), subscriptions, signs.ids())) {
            // What they are at once; from then on only what changes.
            Map<String, List<JsonObject>> first = new TreeMap<>();
            await().atMost(SOON).until(() -> everyone(gather(first, owner), signs));
            Map<String, List<JsonObject>> news = new TreeMap<>();
            victim.stir();
            await().atMost(SOON).until(() -> "SUCCEEDED".equals(victim.stateOf(command)));
            await().atMost(SOON)
                    .untilAsserted(() -> assertEquals(
                            List.of(),
                            deaf(gather(news, owner), signs),
                            "says nothing of it to its owner: proves nothing"));
            // What the owner has heard would have reached next door by now.
            Thread.sleep(MOMENT);
            assertEquals(Map.of(), spoken(intruder.heard(), signs));
        }
    }

    /** Else the silence above might be that of a dead line. */
    @Test
    void theNeighbourHearsItsOwn() throws Exception {
        Signs own = Signs.of(footprint, neighbour);
        try (Ears ears = Ears.open(neighbour.everyRole().token(), subscriptions, own.ids())) {
            Map<String, List<JsonObject>> heard = new TreeMap<>();
            await().atMost(SOON).until(() -> everyone(gather(heard, ears), own));
            assertFalse(heard.isEmpty());
        }
    }

    private Signs signsWith(String command) {
        Signs signs = Signs.of(footprint, victim);
        TreeSet<String> ids = new TreeSet<>(signs.ids());
        ids.add(command);
        return new Signs(ids, signs.code());
    }

    private static Map<String, List<JsonObject>> gather(Map<String, List<JsonObject>> all, Ears ears) {
        ears.heard().forEach((field, messages) -> all.computeIfAbsent(field, none -> new ArrayList<>())
                .addAll(messages));
        return all;
    }

    private static boolean everyone(Map<String, List<JsonObject>> heard, Signs signs) {
        return !heard.isEmpty() && deaf(heard, signs).isEmpty();
    }

    /** The subscriptions that said nothing of the company's. */
    private static List<String> deaf(Map<String, List<JsonObject>> heard, Signs signs) {
        return heard.entrySet().stream()
                .filter(each -> signs.in(String.valueOf(each.getValue())).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What was said of the victim's; and what was said at all, where one asks by ids and has only the victim's. */
    private Map<String, List<JsonObject>> spoken(Map<String, List<JsonObject>> heard, Signs signs) {
        Map<String, List<JsonObject>> spoken = new TreeMap<>();
        for (RootField field : subscriptions) {
            List<JsonObject> messages = heard.get(field.name()).stream()
                    .filter(each -> field.takesId()
                            || !signs.in(String.valueOf(each.getValue("payload")))
                                    .isEmpty())
                    .toList();
            if (!messages.isEmpty()) {
                spoken.put(field.name(), messages);
            }
        }
        return spoken;
    }
}
