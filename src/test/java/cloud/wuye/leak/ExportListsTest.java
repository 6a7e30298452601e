package cloud.wuye.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cloud.wuye.platform.export.ExportColumn;
import cloud.wuye.platform.export.ExportList;
import cloud.wuye.platform.security.Roles;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A list can be taken as a file by those who can see it, and by nobody else. */
@QuarkusTest
class ExportListsTest {
    /** Lists that no query of the same name shows, with the roles that may have them, and why. */
    private static final Map<String, Set<String>> WITHOUT_A_QUERY = Map.of(
            // Rows of many meters; the queries give series of those that are named.
            "consumptionByDay", Set.of(Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN),
            // The test's own.
            "probes", Set.of(Roles.MANAGER, Roles.FINANCE));

    @All
    List<ExportList<?, ?>> lists;

    @Test
    void whoMaySeeAListMayTakeIt() {
        Map<String, Set<String>> queries = Permission.all().stream()
                .filter(each -> each.kind().equals("Query"))
                .collect(Collectors.toMap(Permission::name, Permission::roles));
        List<String> wrong = new ArrayList<>();
        for (ExportList<?, ?> list : lists) {
            // An operator belongs to no company, and files are made for companies.
            Set<String> roles = new HashSet<>(queries.getOrDefault(list.name(), WITHOUT_A_QUERY.get(list.name())));
            roles.remove(Roles.PLATFORM_OPERATOR);
            if (!list.roles().equals(roles)) {
                wrong.add(list.name() + " is for " + list.roles() + ", its query for " + roles);
            }
        }
        assertEquals(List.of(), wrong);
        assertFalse(lists.isEmpty());
    }

    @Test
    void noTwoColumnsOfAListAreCalledTheSame() {
        for (ExportList<?, ?> list : lists) {
            List<? extends ExportColumn<?>> columns = list.columns();
            assertEquals(
                    columns.size(),
                    columns.stream()
                            .map(column -> column.title().zh())
                            .distinct()
                            .count(),
                    list.name());
            assertEquals(
                    columns.size(),
                    columns.stream()
                            .map(column -> column.title().en())
                            .distinct()
                            .count(),
                    list.name());
        }
    }
}
