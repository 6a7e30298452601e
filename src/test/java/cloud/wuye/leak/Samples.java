package cloud.wuye.leak;

import java.util.Map;
import java.util.Set;

/** What the generator cannot know by itself. */
final class Samples {
    /** Argument path → GraphQL literal, where the type's general sample would be refused for its form; $ID is the id tried. */
    static final Map<String, String> ALL = Map.of(
            "createSpace.input.kind", "\"COMMUNITY\"",
            // Refused for its form after the roles were looked at: there is no Keycloak here to make a realm in.
            "onboardTenant.input.name", "\"\"",
            "createPowerSchedule.input.times", "[{action: OFF, time: \"22:00\"}]",
            "changePowerSchedule.input.times", "[{action: OFF, time: \"22:00\"}]",
            "createReadingSchedule.input.times", "[{time: \"06:00\"}]",
            "changeReadingSchedule.input.times", "[{time: \"06:00\"}]",
            "createHolidayCalendar.input.workingDays", "[]",
            "changeHolidayCalendar.input.workingDays", "[]");

    /** Queries whose answers hold no id of the company's even for its owner. */
    static final Set<String> SHOW_NO_IDS = Set.of(
            "me",
            "jobs",
            "spaceKinds",
            "propertyCompanies",
            "propertyCompany",
            "deadLetters",
            "servicePointConsumption");

    private Samples() {}
}
