/** Secrets of companies, encrypted before they reach the database. Neighbours: platform.problem, platform.db. */
package cloud.wuye.platform.secret;
