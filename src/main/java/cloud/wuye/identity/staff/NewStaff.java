package cloud.wuye.identity.staff;

import java.util.Set;

/**
 * Somebody to be taken on.
 *
 * @param username log-in name, lower case
 * @param email address, or null
 * @param phone number, or null
 */
public record NewStaff(String username, String name, String email, String phone, Set<StaffRole> roles) {}
