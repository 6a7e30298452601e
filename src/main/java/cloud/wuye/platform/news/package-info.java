/**
 * How a feature tells people something without knowing how it reaches them: {@link cloud.wuye.platform.news.News#tell} in
 * the transaction that makes it true. Notification listens at the outbox's other end; nobody imports it.
 *
 * <p>What can be told is listed in {@link cloud.wuye.platform.news.NewsCode}, with its words, as problems are.
 */
package cloud.wuye.platform.news;
