package cloud.wuye.notification;

import cloud.wuye.platform.paging.Select;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * As whom a caller is told things. One log-in is one person's: a resident's, or a member of staff's; who has both roles
 * reads both.
 *
 * @param residentId their id in the directory of residents, or null
 * @param staff the id of their account if they are staff, or null
 */
record Recipient(UUID residentId, String staff) {
    /** Only what is theirs. */
    Select only(Select messages) {
        if (residentId == null) {
            return messages.where("m.staff = ?", staff);
        }
        return staff == null
                ? messages.where("m.resident_id = ?", residentId)
                : messages.where("(m.resident_id = ? or m.staff = ?)", residentId, staff);
    }

    /** By what hints name the letter box of an account. */
    static UUID box(UUID tenantId, String subject) {
        return UUID.nameUUIDFromBytes((tenantId + "/" + subject).getBytes(StandardCharsets.UTF_8));
    }
}
