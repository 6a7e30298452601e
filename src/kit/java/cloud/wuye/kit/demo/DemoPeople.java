package cloud.wuye.kit.demo;

import cloud.wuye.kit.demo.DemoCompany.DemoPerson;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The people of a company at the service's door, each with a log-in of their own, and what can be known there by name. */
final class DemoPeople {
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final DemoPlace place;
    private final DemoCompany company;
    private final Keycloak keycloak;
    private final Map<String, GraphQLDoor> doors = new HashMap<>();

    DemoPeople(DemoPlace place, DemoCompany company) {
        this.place = place;
        this.company = company;
        this.keycloak = new Keycloak(place);
    }

    GraphQLDoor manager() {
        return as(company.manager().username());
    }

    /** Whoever keeps the money. */
    GraphQLDoor finance() {
        return as(company.people().stream()
                .filter(person -> person.role().equals("finance"))
                .map(DemoPerson::username)
                .findFirst()
                .orElseThrow());
    }

    GraphQLDoor as(String username) {
        return doors.computeIfAbsent(
                username,
                name -> new GraphQLDoor(place, () -> keycloak.tokenOf(company.code(), name, DemoData.PASSWORD)));
    }

    /** The ids of all devices by serial number. */
    Map<String, String> meters() {
        Map<String, String> ids = new HashMap<>();
        manager()
                .all("query Devices($after: String) { devices(first: 200, after: $after) {"
                        + " edges { node { id serialNo } } pageInfo { hasNextPage endCursor } } }")
                .forEach(device -> ids.put(text(device, "serialNo"), text(device, "id")));
        return ids;
    }

    /** The ids of all residents by name. */
    Map<String, String> residents() {
        Map<String, String> ids = new HashMap<>();
        manager()
                .all("query Residents($after: String) { residents(first: 200, after: $after) {"
                        + " edges { node { id name } } pageInfo { hasNextPage endCursor } } }")
                .forEach(resident -> ids.put(text(resident, "name"), text(resident, "id")));
        return ids;
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    /** Looks again and again until it is so; false when it is not within that time. */
    static boolean await(Duration patience, BooleanSupplier so) {
        long end = System.nanoTime() + patience.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Demo.rest(A_MOMENT);
        }
        return true;
    }
}
