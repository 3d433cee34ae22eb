/** Great-circle distance by the haversine formula, on a sphere of the Earth's mean radius (IUGG: 6371.0088 km). */
const earthRadiusMiles = 6371.0088 / 1.609344;

export interface Place {
  readonly lat: number;
  readonly lng: number;
}

/** Statute miles, to four decimals (half a foot): more would claim what no telephone measures. */
export function milesBetween(from: Place, to: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const across = Math.sin(radians(to.lat - from.lat) / 2) ** 2;
  const along = Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(radians(to.lng - from.lng) / 2) ** 2;
  const miles = 2 * earthRadiusMiles * Math.asin(Math.min(1, Math.sqrt(across + along)));
  return Math.round(miles * 1e4) / 1e4;
}
