package cloud.wuye.kit.demo;

import cloud.wuye.kit.KitException;
import cloud.wuye.kit.demo.DemoCompany.DemoPerson;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * A company's mini-program at the simulated WeChat, and its residents linked to themselves there, each under the openid that
 * is their log-in name. Adds only what is missing.
 */
final class WeChatLoader {
    private final DemoPlace place;
    private final DemoCompany company;
    private final DemoPeople people;

    WeChatLoader(DemoPlace place, DemoCompany company) {
        this.place = place;
        this.company = company;
        this.people = new DemoPeople(place, company);
    }

    /** Of a company's mini-program. */
    static String appid(DemoCompany company) {
        return "wx" + company.code();
    }

    void load() {
        if (place.payment() == null) {
            return;
        }
        app();
        company.people().stream().filter(person -> !person.isStaff()).forEach(this::link);
    }

    private void app() {
        if (people.manager()
                .ask("{ weChatApp { appid } }", Map.of())
                .path("weChatApp")
                .isNull()) {
            people.manager()
                    .ask(
                            "mutation App($input: ConfigureWeChatAppInput!) { configureWeChatApp(input: $input) { appid } }",
                            Map.of(
                                    "input",
                                    Map.of(
                                            "appid",
                                            appid(company),
                                            "appSecret",
                                            simulated("apps", "").path("secret").asText())));
        }
    }

    private void link(DemoPerson person) {
        GraphQLDoor resident = people.as(person.username());
        if (resident.ask("{ me { resident { weChatSince } } }", Map.of())
                .at("/me/resident/weChatSince")
                .isNull()) {
            resident.ask(
                    "mutation Link($code: String!) { linkMyWeChat(code: $code) { id } }",
                    Map.of(
                            "code",
                            simulated("login", person.username()).path("code").asText()));
        }
    }

    private JsonNode simulated(String act, String openid) {
        HttpResponse<String> answer = Web.send(Web.to(place.payment() + "/_control/" + act)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"appid\":\"" + appid(company) + "\",\"openid\":\"" + openid + "\"}"))
                .build());
        if (answer.statusCode() != 200) {
            throw new KitException("The simulated WeChat answered " + answer.statusCode() + ": " + answer.body());
        }
        return Web.json(answer);
    }
}
