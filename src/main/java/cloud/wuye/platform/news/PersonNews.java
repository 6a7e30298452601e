package cloud.wuye.platform.news;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;

/**
 * Something to tell some people of a company: the outbox payload between whoever tells and whoever carries it.
 *
 * @param dedupeKey names the occasion, e.g. {@code occupancy/…/in}; each person is told of it once, however often it is said
 * @param code what
 * @param residents to which residents, by their ids in the directory
 * @param staff to which members of staff, by the ids of their accounts
 * @param params what fills the words
 */
@RegisterForReflection
public record PersonNews(
        String dedupeKey, NewsCode code, List<UUID> residents, List<String> staff, List<String> params) {
    public PersonNews {
        residents = List.copyOf(residents);
        staff = List.copyOf(staff);
        params = List.copyOf(params);
    }

    /** For residents. */
    public static PersonNews toResidents(String dedupeKey, NewsCode code, List<UUID> residents, String... params) {
        return new PersonNews(dedupeKey, code, residents, List.of(), List.of(params));
    }

    /** For members of staff. */
    public static PersonNews toStaff(String dedupeKey, NewsCode code, List<String> staff, String... params) {
        return new PersonNews(dedupeKey, code, List.of(), staff, List.of(params));
    }
}
