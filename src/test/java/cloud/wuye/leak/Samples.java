package cloud.wuye.leak;

import java.util.Map;
import java.util.Set;

/** What the generator cannot know by itself. */
final class Samples {
    /** Argument path → GraphQL literal, where the type's general sample would be refused for its form; $ID is the id tried. */
    static final Map<String, String> ALL = Map.of(
            "createSpace.input.kind", "\"COMMUNITY\"",
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
            "staff",
            "servicePointConsumption");

    /** Tables that hold rows of a company only in states that the inhabited company is not in. */
    static final Set<String> TABLES_WITHOUT_A_ROW =
            // A correction needs a settled day, an attempt a meter on line, an event a fault, staff a Keycloak.
            Set.of("consumption_correction", "device_command_attempt", "device_event", "staff");

    private Samples() {}
}
