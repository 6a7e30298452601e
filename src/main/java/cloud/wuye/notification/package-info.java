/**
 * What people are told, and whether they have read it. Only messages inside the program so far. Whoever has something to
 * tell uses {@link cloud.wuye.platform.news.News}; nobody imports this feature.
 *
 * <p>May use: platform, and whatever stands above it; at present {@code identity.resident}.
 */
package cloud.wuye.notification;
