package cloud.wuye.notification;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.graphql.GraphQLSocket;
import cloud.wuye.platform.news.News;
import cloud.wuye.platform.news.NewsCode;
import cloud.wuye.platform.news.PersonNews;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told comes to whom it is for, once, and to nobody else. */
@QuarkusTest
class MessageTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String MINE =
            "query($u:Boolean){m:myMessages(filter:{unread:$u}){nodes{id code params title{zh en} body{zh en} readAt}}}";
    private static final String READ = "mutation($ids:[ID!]!){m:markMessagesRead(ids:$ids){id readAt}}";

    @Inject
    Db db;

    @Inject
    News news;

    @Inject
    TestDevices tables;

    private TestTenant company;
    private UUID zhang;
    private UUID liu;

    @BeforeEach
    void twoResidents() {
        company = TestTenants.fresh();
        zhang = resident(company, "zhang");
        liu = resident(company, "liu");
    }

    @Test
    void eachIsToldOnceInBothLanguagesHoweverOftenItIsSaid() throws Throwable {
        tell(PersonNews.toResidents("one", NewsCode.MOVED_IN, List.of(zhang, liu, zhang), "海棠花园 {0}"));
        await().atMost(SOON)
                .until(() -> unread("zhang").size() == 1 && unread("liu").size() == 1);
        // The outbox forgets what it carried; the message does not.
        tables.run("DELETE FROM outbox_message WHERE tenant_id = ?", company.id());
        tell(PersonNews.toResidents("one", NewsCode.MOVED_IN, List.of(zhang), "another"));
        tell(PersonNews.toResidents("two", NewsCode.MOVED_OUT, List.of(zhang), "1号楼"));
        await().atMost(SOON).until(() -> unread("zhang").size() >= 2);
        JsonPath seen = as("zhang").ask(MINE);
        assertEquals(List.of("MOVED_OUT", "MOVED_IN"), seen.getList("m.nodes.code"), "newest first");
        assertEquals("您已登记入住：海棠花园 {0}", seen.getString("m.nodes[1].body.zh"));
        assertEquals("You are registered at 海棠花园 {0}", seen.getString("m.nodes[1].body.en"));
        assertEquals("入住登记", seen.getString("m.nodes[1].title.zh"));
        assertEquals(List.of("1号楼"), seen.getList("m.nodes[0].params"));
        assertEquals(1, unread("liu").size());
    }

    @Test
    void whoeverReadsMarksOnlyTheirOwn() throws Throwable {
        tell(PersonNews.toResidents("one", NewsCode.MOVED_IN, List.of(zhang, liu), "101"));
        tell(PersonNews.toStaff("one", NewsCode.MOVED_IN, List.of(company.subject("lin")), "101"));
        await().atMost(SOON)
                .until(() -> unread("zhang").size() == 1 && unread("liu").size() == 1);
        String zhangs = unread("zhang").get(0);
        assertEquals(List.of(), as("liu").ask(READ, "ids", List.of(zhangs)).getList("m"), "as if it were not there");
        assertEquals(
                List.of(),
                Graph.as(company.manager()).ask(READ, "ids", List.of(zhangs)).getList("m"));
        assertEquals(List.of(zhangs), unread("zhang"));
        String readAt = as("zhang").ask(READ, "ids", List.of(zhangs)).getString("m[0].readAt");
        assertNotNull(readAt);
        assertEquals(readAt, as("zhang").ask(READ, "ids", List.of(zhangs)).getString("m[0].readAt"));
        assertEquals(List.of(), unread("zhang"));
        assertEquals(List.of(zhangs), as("zhang").ask(MINE, "u", false).getList("m.nodes.id"));
        assertEquals(1, unread("liu").size());
    }

    @Test
    void staffAreToldByTheirAccountAndWhoIsBothReadsBoth() throws Throwable {
        tell(new PersonNews(
                "one", NewsCode.MOVED_IN, List.of(zhang), List.of(company.subject("zhang")), List.of("101")));
        await().atMost(SOON).until(() -> unread("zhang").size() == 1);
        Graph technician = Graph.as(company.as("zhang", "technician"));
        Graph both = Graph.as(company.as("zhang", "technician", "resident"));
        List<String> asResident = as("zhang").ask(MINE).getList("m.nodes.id");
        List<String> asStaff = technician.ask(MINE).getList("m.nodes.id");
        assertEquals(1, asStaff.size());
        assertEquals(true, Collections.disjoint(asResident, asStaff));
        List<String> all = new ArrayList<>(asResident);
        all.addAll(asStaff);
        assertEquals(new HashSet<>(all), new HashSet<>(both.ask(MINE).<String>getList("m.nodes.id")));
        assertEquals(List.of(), Graph.as(company.finance()).ask(MINE).getList("m.nodes.id"));
    }

    @Test
    void aLogInThatSpeaksForNobodyIsToldSo() throws Throwable {
        as("nobody").refused("RESIDENT_UNKNOWN", MINE);
        as("nobody").refused("RESIDENT_UNKNOWN", READ, "ids", List.of(Ids.next().toString()));
        tables.run("UPDATE resident SET state = 'DISABLED' WHERE id = ?", zhang);
        as("zhang").refused("FORBIDDEN", MINE);
        // The same log-in name next door is another log-in.
        Graph.as(TestTenants.fresh().resident("liu")).refused("RESIDENT_UNKNOWN", MINE);
    }

    @Test
    void newsForAStrangerIsADeadLetterAndNobodysMessage() throws Throwable {
        UUID stranger = resident(TestTenants.fresh(), "wu");
        tell(PersonNews.toResidents("one", NewsCode.MOVED_IN, List.of(zhang, stranger), "101"));
        Graph manager = Graph.as(company.manager());
        await().atMost(SOON).until(() -> manager.ask("{deadLetters{nodes{kind}}}")
                .getList("deadLetters.nodes.kind")
                .equals(List.of("notification.inapp")));
        assertEquals(List.of(), unread("zhang"));
    }

    @Test
    void whoLooksSeesItComeAndIsNotDisturbedByAnothers() throws Throwable {
        try (GraphQLSocket zhangs = GraphQLSocket.greeted(company.resident("zhang"));
                GraphQLSocket lius = GraphQLSocket.greeted(company.resident("liu"))) {
            for (GraphQLSocket each : List.of(zhangs, lius)) {
                each.subscribe("1", "subscription{myInbox{unread latest{code body{en}}}}");
                JsonObject first = inbox(each.next());
                assertEquals(0, first.getInteger("unread"));
                assertNull(first.getJsonObject("latest"));
            }
            tell(PersonNews.toResidents("one", NewsCode.MOVED_IN, List.of(zhang), "101"));
            JsonObject come = inbox(zhangs.next());
            assertEquals(1, come.getInteger("unread"));
            assertEquals("MOVED_IN", come.getJsonObject("latest").getString("code"));
            as("zhang").ask(READ, "ids", unread("zhang"));
            assertEquals(0, inbox(zhangs.next()).getInteger("unread"));
            assertEquals(List.of(), List.copyOf(lius.heard()));
        }
    }

    private static JsonObject inbox(JsonObject message) {
        return message.getJsonObject("payload").getJsonObject("data").getJsonObject("myInbox");
    }

    private void tell(PersonNews what) throws Throwable {
        subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> news.tell(tx, company.id(), what)));
        news.nudge();
    }

    private List<String> unread(String username) {
        return as(username).ask(MINE, "u", true).getList("m.nodes.id");
    }

    private Graph as(String username) {
        return Graph.as(company.resident(username));
    }

    private UUID resident(TestTenant of, String username) {
        UUID id = Ids.next();
        tables.run(
                "INSERT INTO resident (id, tenant_id, name, kind, state, username, subject, created_at)"
                        + " VALUES (?, ?, ?, 'MEMBER', 'ACTIVE', ?, ?, now())",
                id,
                of.id(),
                username,
                username,
                of.subject(username));
        return id;
    }
}
