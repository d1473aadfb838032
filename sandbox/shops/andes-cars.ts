/** A used car of AUTOMOTORA ANDES. */
export interface CarRow {
  key: string;
  brand: string;
  model: string;
  version: string;
  year: number;
  km: number;
  /** Thousands of Chilean pesos. */
  price: number;
  fuel: string;
  gearbox: string;
  color: string;
  daysListed: number;
  /** Telephone views of an ordinary day. */
  daily: number;
  /** Paused so many days ago, as it was sold; null: it is there. */
  sold: number | null;
}

/** One car a line: key, brand, model, version, year, km, thousands of pesos, fuel, gearbox, colour, days listed, telephone
 *  views a day, days since it was sold. */
const YARD = `
  swift     | Suzuki        | Swift     | 1.2 GLX                 | 2021 | 38400  | 8990  | Bencina   | Manual     | Rojo     | 16  | 24  | -
  rav4      | Toyota        | RAV4      | 2.0 CVT 4x2             | 2020 | 62100  | 16990 | Bencina   | Automática | Blanco   | 9   | 7.5 | -
  hilux     | Toyota        | Hilux     | 2.4 DX 4x4 Doble Cabina | 2019 | 98700  | 18490 | Diésel    | Manual     | Plata    | 41  | 6.8 | -
  l200      | Mitsubishi    | L200      | 2.4 Katana CRM 4x4      | 2021 | 71300  | 19990 | Diésel    | Automática | Negro    | 23  | 4.9 | -
  morning   | Kia           | Morning   | 1.2 EX                  | 2020 | 44800  | 6790  | Bencina   | Manual     | Azul     | 12  | 6.1 | -
  accent    | Hyundai       | Accent    | 1.4 GL                  | 2019 | 78900  | 7490  | Bencina   | Manual     | Gris     | 58  | 3.2 | -
  sail      | Chevrolet     | Sail      | 1.5 LT                  | 2018 | 91200  | 5490  | Bencina   | Manual     | Blanco   | 77  | 2.1 | -
  yaris     | Toyota        | Yaris     | 1.5 GLi Sedán           | 2020 | 52600  | 9290  | Bencina   | Manual     | Plata    | 30  | 4.4 | -
  mazda3    | Mazda         | 3         | 2.0 V Sport             | 2019 | 60450  | 11990 | Bencina   | Automática | Rojo     | 26  | 3.9 | -
  cx5       | Mazda         | CX-5      | 2.5 GT AWD              | 2021 | 48300  | 18790 | Bencina   | Automática | Gris     | 19  | 4.2 | -
  tucson    | Hyundai       | Tucson    | 2.0 GL Advance          | 2018 | 83700  | 11490 | Bencina   | Automática | Blanco   | 64  | 2.6 | -
  sportage  | Kia           | Sportage  | 2.0 LX                  | 2022 | 29800  | 16490 | Bencina   | Automática | Negro    | 6   | 5.2 | -
  xtrail    | Nissan        | X-Trail   | 2.5 Sense 4x2           | 2019 | 74900  | 12990 | Bencina   | Automática | Blanco   | 48  | 2.2 | -
  navara    | Nissan        | Navara    | 2.3 XE 4x4              | 2020 | 88100  | 16690 | Diésel    | Manual     | Azul     | 35  | 3.1 | -
  versa     | Nissan        | Versa     | 1.6 Advance             | 2021 | 41700  | 9690  | Bencina   | Automática | Plata    | 21  | 3.4 | -
  duster    | Renault       | Duster    | 1.6 Life 4x2            | 2020 | 57200  | 8790  | Bencina   | Manual     | Naranjo  | 83  | 1.3 | -
  clio      | Renault       | Clio      | 1.2 Dynamique           | 2015 | 112400 | 4290  | Bencina   | Manual     | Blanco   | 101 | 0.9 | -
  208       | Peugeot       | 208       | 1.2 PureTech Allure     | 2022 | 26900  | 11290 | Bencina   | Automática | Amarillo | 13  | 3.6 | -
  partner   | Peugeot       | Partner   | 1.6 HDi Confort         | 2019 | 95300  | 8990  | Diésel    | Manual     | Blanco   | 52  | 1.8 | -
  ranger    | Ford          | Ranger    | 3.2 XLT 4x4             | 2018 | 109800 | 15490 | Diésel    | Automática | Gris     | 69  | 2   | -
  territory | Ford          | Territory | 1.5 Trend               | 2022 | 33100  | 14290 | Bencina   | Automática | Azul     | 15  | 2.9 | -
  tiggo2    | Chery         | Tiggo 2   | 1.5 GLS                 | 2021 | 39600  | 7290  | Bencina   | Manual     | Blanco   | 28  | 2.8 | -
  jolion    | Haval         | Jolion    | 1.5T Deluxe             | 2023 | 18200  | 14990 | Bencina   | Automática | Negro    | 8   | 4   | -
  zs        | MG            | ZS        | 1.5 Comfort             | 2022 | 31500  | 9990  | Bencina   | Manual     | Plata    | 33  | 3   | -
  jimny     | Suzuki        | Jimny     | 1.5 GLX 4x4             | 2022 | 22700  | 16290 | Bencina   | Manual     | Verde    | 5   | 6.4 | -
  vitara    | Suzuki        | Vitara    | 1.6 GL                  | 2019 | 66800  | 10490 | Bencina   | Automática | Blanco   | 44  | 2.5 | -
  forester  | Subaru        | Forester  | 2.5 Limited AWD         | 2018 | 79400  | 13490 | Bencina   | Automática | Verde    | 57  | 1.9 | -
  corolla   | Toyota        | Corolla   | 1.8 HEV XEi             | 2022 | 35600  | 15990 | Híbrido   | Automática | Blanco   | 11  | 4.6 | -
  golf      | Volkswagen    | Golf      | 1.4 TSI Highline        | 2017 | 86300  | 10290 | Bencina   | Automática | Negro    | 73  | 1.6 | -
  bmw118    | BMW           | 118i      | 1.5 Sport Line          | 2018 | 64200  | 14790 | Bencina   | Automática | Blanco   | 39  | 1.7 | -
  c200      | Mercedes-Benz | C 200     | 2.0 Avantgarde          | 2016 | 92700  | 14490 | Bencina   | Automática | Gris     | 95  | 0.8 | -
  dolphin   | BYD           | Dolphin   | Eléctrico 45 kWh        | 2023 | 14900  | 15490 | Eléctrico | Automática | Celeste  | 18  | 2.7 | -
  baleno    | Suzuki        | Baleno    | 1.4 GLX                 | 2020 | 49500  | 8290  | Bencina   | Manual     | Azul     | 61  | 2.4 | 3
  spark     | Chevrolet     | Spark GT  | 1.2 LT                  | 2017 | 84100  | 4990  | Bencina   | Manual     | Rojo     | 110 | 1   | 12
`;

/** What AUTOMOTORA ANDES has in its yard. */
export const CARS: CarRow[] = YARD.trim().split("\n").map(carOf);

function carOf(line: string): CarRow {
  const [
    key = "",
    brand = "",
    model = "",
    version = "",
    year,
    km,
    price,
    fuel = "",
    gearbox = "",
    color = "",
    ...rest
  ] = line.split("|").map((cell) => cell.trim());
  const [daysListed, daily, sold] = rest;
  if (sold === undefined) throw new Error(`not a line of the yard: ${line}`);
  return {
    key,
    brand,
    model,
    version,
    year: Number(year),
    km: Number(km),
    price: Number(price),
    fuel,
    gearbox,
    color,
    daysListed: Number(daysListed),
    daily: Number(daily),
    sold: sold === "-" ? null : Number(sold),
  };
}
