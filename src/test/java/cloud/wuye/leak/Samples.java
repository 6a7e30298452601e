package cloud.wuye.leak;

import java.util.Map;
import java.util.Set;

/** What the generator cannot know by itself. */
final class Samples {
    /** Argument path → GraphQL literal, where the type's general sample would be refused for its form; $ID is the id tried. */
    static final Map<String, String> ALL = Map.of("createSpace.input.kind", "\"COMMUNITY\"");

    /** Queries whose answers hold no id of the company's even for its owner. */
    static final Set<String> SHOW_NO_IDS =
            Set.of("me", "jobs", "spaceKinds", "propertyCompanies", "propertyCompany", "deadLetters", "staff");

    /** Tables that hold rows of a company only in states that the inhabited company is not in. */
    static final Set<String> TABLES_WITHOUT_A_ROW = Set.of(
            "consumption_correction",
            "consumption_day",
            "consumption_hour",
            "device_command",
            "device_command_attempt",
            "device_event",
            "device_state",
            "holiday_calendar",
            "meter_installation",
            "meter_reading",
            "meter_state",
            "rejected_message",
            "staff",
            "supply_hold",
            "supply_switch",
            "switch_event",
            "timetable",
            "timetable_target");

    private Samples() {}
}
