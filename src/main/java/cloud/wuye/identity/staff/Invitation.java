package cloud.wuye.identity.staff;

/**
 * What came of an invitation.
 *
 * @param username log-in name
 * @param temporaryPassword shown this once; null when an e-mail went out, or the person was on board already
 */
public record Invitation(StaffView staff, String username, String temporaryPassword) {
    static Invitation of(StaffMember member, String temporaryPassword) {
        return new Invitation(StaffView.of(member), member.username(), temporaryPassword);
    }
}
